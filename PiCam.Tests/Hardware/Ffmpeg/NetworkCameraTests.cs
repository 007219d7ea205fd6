using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Network;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Ffmpeg;

/// <summary>A real ffmpeg and cameras of our own on 127.0.0.1, which must be allowed for that.</summary>
public sealed class NetworkCameraTests : IDisposable
{
    private const string Password = "s3cret%40word";

    private readonly TemporaryFolder folder = new();
    private readonly CollectedLog log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task OpenAsync_HttpCamera_ShowsItsPicturesUnderItsOwnName()
    {
        await using var camera = HttpCamera.Mjpeg([Jpeg(SKColors.Red), Jpeg(SKColors.Lime)]);

        await using var stream = await OpenAsync($"http://ana:{Password}@cam.example:{camera.Port}/video?pwd=hidden", "cam.example");
        var frame = await stream.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Equal(("cam.example", "ffmpeg", new PixelSize(320, 240)), (stream.Capabilities.Model, stream.Capabilities.Source, stream.Capabilities.Size));
        using var picture = SKBitmap.Decode(frame.Jpeg);
        Assert.True(picture.GetPixel(160, 120) is { Red: > 200, Green: < 60 } or { Red: < 60, Green: > 200 });
        var request = camera.Requests[0];
        Assert.StartsWith("GET /video?pwd=hidden HTTP/1.", request, StringComparison.Ordinal);
        Assert.Contains($"\r\nHost: cam.example:{camera.Port}\r\n", request, StringComparison.Ordinal);
        AssertNoSecrets(stream.Capabilities.ToString());
    }

    [Fact]
    public async Task OpenAsync_RtspCamera_ShowsItsPictures()
    {
        await using var camera = await RtspCamera.StartAsync(folder);

        await using var stream = await OpenAsync($"rtsp://ana:{Password}@127.0.0.1:{camera.Port}/live/main", "127.0.0.1");

        for (var i = 0; i < 10; i++)
        {
            var frame = await stream.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            Assert.Equal((320, 240), (frame.Width, frame.Height));
        }

        Assert.Equal($"network camera rtsp://127.0.0.1:{camera.Port}, by ffmpeg", Camera($"rtsp://ana:{Password}@127.0.0.1:{camera.Port}/live/main").Description);
    }

    [Theory]
    [InlineData("http", "127.0.0.1")]
    [InlineData("https", "127.0.0.1")]
    [InlineData("rtsp", "127.0.0.1")]
    [InlineData("rtsps", "127.0.0.1")]
    [InlineData("http", "cam.example")]
    [InlineData("rtsp", "[::ffff:127.0.0.1]")]
    public async Task OpenAsync_LoopbackNotAllowed_ConnectsNowhere(string scheme, string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var lost = await LostAsync($"{scheme}://ana:{Password}@{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/live");

        Assert.Contains("is a loopback address, which is refused unless Network:AllowedTargets lists it.", lost, StringComparison.Ordinal);
        AssertNoSecrets(lost);
        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task S12_HttpRedirect_IsNotFollowed(int status)
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        await using var camera = HttpCamera.Text($"HTTP/1.1 {status} Elsewhere\r\nLocation: http://{inside.LocalEndpoint}/secret");

        await LostAsync($"http://127.0.0.1:{camera.Port}/", $"127.0.0.1:{camera.Port}");

        Assert.Single(camera.Requests);
        Assert.False(inside.Pending());
    }

    [Fact]
    public async Task S12_RtspRedirect_IsNotFollowedAndSaid()
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        await using var camera = await RtspCamera.StartAsync(folder, redirect: $"rtsp://{inside.LocalEndpoint}/secret");

        var lost = await LostAsync($"rtsp://127.0.0.1:{camera.Port}/live", $"127.0.0.1:{camera.Port}");

        Assert.Equal(
            $"The network camera rtsp://127.0.0.1:{camera.Port} cannot be opened: it sends PiCam to another address, which is not followed.", lost);
        Assert.False(inside.Pending());
    }

    [Theory]
    [InlineData("video/mp2t", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://{0}/a.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("application/vnd.apple.mpegurl", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://{0}/a.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("text/plain", "ffconcat version 1.0\nfile http://{0}/a.ts\n")]
    [InlineData("application/sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 26\n")]
    public async Task OpenAsync_PlaylistByHttp_ConnectsNowhereElse(string type, string body)
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        var playlist = body.Replace("{0}", inside.LocalEndpoint.ToString(), StringComparison.Ordinal);
        await using var camera = HttpCamera.Text($"HTTP/1.1 200 OK\r\nContent-Type: {type}", playlist);

        await LostAsync($"http://127.0.0.1:{camera.Port}/list", "127.0.0.1");

        Assert.False(inside.Pending());
    }

    [Theory]
    [InlineData("http")]
    [InlineData("rtsp")]
    public async Task OpenAsync_NothingListens_SaysSoWithoutThePassword(string scheme)
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var lost = await LostAsync($"{scheme}://ana:{Password}@127.0.0.1:{port}/live?pwd=hidden", "127.0.0.1");

        Assert.StartsWith($"The network camera {scheme}://127.0.0.1:{port} cannot be opened: ", lost, StringComparison.Ordinal);
        Assert.Contains("refused", lost, StringComparison.Ordinal);
        AssertNoSecrets(lost);
        AssertNoSecrets(log.Text);
    }

    private static byte[] Jpeg(SKColor colour)
    {
        using var picture = new SKBitmap(320, 240);
        picture.Erase(colour);
        using var data = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    private static void AssertNoSecrets(string text)
    {
        foreach (var secret in new[] { Password, Uri.UnescapeDataString(Password), "hidden" })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://cam.example/video", "http,tcp")]
    [InlineData("https://cam.example/video", "https,tls,tcp")]
    [InlineData("rtsp://cam.example/live", "tcp")]
    [InlineData("rtsps://cam.example/live", "tcp")]
    public async Task S12_Ffmpeg_MayUseThatCamerasProtocolAndTheCheckedAddressOnly(string address, string protocols)
    {
        var input = new NetworkCameraInput(
            new FfmpegCameraOptions { Path = address },
            StreamUrl.Parse(address, StreamUrl.Cameras)!,
            new TargetGuard(["10.1.2.3"], static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.1.2.3")])));
        await using var feed = input.Open();
        var arguments = (await feed.CommandAsync(CameraControls.Automatic, Token)).Arguments.ToList();

        var from = arguments.IndexOf("-i");
        Assert.Equal(protocols, arguments[arguments.IndexOf("-protocol_whitelist", 0, from) + 1]);

        // The address that was checked, or the relay to it; never the name, which could mean another one by now.
        Assert.Matches(@"^(https?://10\.1\.2\.3|rtsp://127\.0\.0\.1)[:/]", arguments[from + 1]);
    }

    private Task<ICameraStream> OpenAsync(string address, params string[] allowed) =>
        Camera(address, allowed).OpenAsync(CameraControls.Automatic, 1, Token);

    private async Task<string> LostAsync(string address, params string[] allowed) =>
        (await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(address, allowed))).Message;

    private FfmpegCamera Camera(string address, params string[] allowed) => new(
        new FfmpegCameraOptions { Path = address },
        new TargetGuard(allowed, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])),
        TimeProvider.System,
        log);

    private sealed class CollectedLog : ILogger<FfmpegCamera>
    {
        private readonly System.Text.StringBuilder lines = new();

        public string Text
        {
            get
            {
                lock (lines)
                {
                    return lines.ToString();
                }
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
            }
        }
    }
}
