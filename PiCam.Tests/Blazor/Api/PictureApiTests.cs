using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PiCam.Blazor.Live;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Viewing;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class PictureApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly byte[] First = Encoding.ASCII.GetBytes("--picam\r\n");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The part that this JPEG is, with its boundary behind it.
    private static byte[] Part(byte[] jpeg) =>
        [.. Encoding.ASCII.GetBytes($"Content-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n"), .. jpeg, .. "\r\n--picam\r\n"u8];

    [Fact]
    public async Task Snapshot_Live_IsTheNewestFrameAndNotCached()
    {
        var jpeg = Picture(1, 3000);
        using var response = await host.OpenAsync("/snapshot.jpg", jpeg);

        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(jpeg, await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Snapshot_NobodyWatches_HasTheCameraEncodeForAsLongAsItTakes()
    {
        await Eventually.TrueAsync(
            () => !host.Session.Frames.Wanted && !host.Camera.Encoding && host.Session.Frames.Latest is null, "nothing is encoded", Token);
        var opening = host.Viewer.GetAsync(new Uri("/snapshot.jpg", UriKind.Relative), Token);
        await Eventually.TrueAsync(() => host.Camera.Encoding, "the camera encodes", Token);
        var fresh = Picture(21, 900);
        await host.PublishAsync(fresh);

        using var response = await opening;
        Assert.Equal(fresh, await response.Content.ReadAsByteArrayAsync(Token));
        await Eventually.TrueAsync(() => !host.Camera.Encoding && host.Session.Frames.Subscribers == 0, "encoding stops again", Token);
    }

    [Fact]
    public async Task Stream_EachFrame_ComesWithItsLengthAndTheNextPartsBoundaryAtOnce()
    {
        using var response = await host.OpenAsync("/stream.mjpg", Picture(10, 500));
        Assert.Equal("multipart/x-mixed-replace; boundary=picam", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        await using var body = await response.Content.ReadAsStreamAsync(Token);

        // No further frame is sent until these bytes, which end with the boundary of a part that does not exist yet, are here.
        await ExpectAsync(body, [.. First, .. Part(Picture(10, 500))]);
        await host.PublishAsync(Picture(11, 700));
        await ExpectAsync(body, Part(Picture(11, 700)));
        await host.PublishAsync(Picture(12, 70_000));
        await ExpectAsync(body, Part(Picture(12, 70_000)));
    }

    [Fact]
    public async Task Stream_OfAPage_ComesWithTheNextPartsHeaderAtOnce_ForBrowsersWaitForThat()
    {
        var tokens = await host.Services.GetRequiredService<Tokens>().ListAsync(Caller.System, Token);
        var boss = new Caller(TokenIdentity.TokenId(tokens.Single(token => token.Name == "boss").Id), "boss", Role.Administrator, "");
        using var page = host.Services.GetRequiredService<PageStreams>().Expect(boss, new ViewerStatistics(TimeProvider.System));
        using var response = await host.OpenAsync("/stream.mjpg?page=" + page.Key, Picture(10, 500), host.Administrator);
        await using var body = await response.Content.ReadAsStreamAsync(Token);

        await ExpectAsync(body, [.. "--picam\r\nContent-Type: image/jpeg\r\n\r\n"u8, .. Picture(10, 500), .. "\r\n--picam\r\nContent-Type: image/jpeg\r\n\r\n"u8]);
        Assert.Equal([ViewerKind.Page], Assert.Single(host.Services.GetRequiredService<Viewers>().Now).Kinds);
        Assert.True(host.Session.Frames.Ring.Bytes > 0, "who watches there may press the button: what is before that is kept");
    }

    [Fact]
    public async Task Stream_Fps_SkipsFramesAndKeepsTheRate()
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await host.OpenAsync("/stream.mjpg?fps=5", Picture(0, 200));
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var feeding = FeedAsync(200, TimeSpan.FromMilliseconds(20), ended.Token);
        await ExpectAsync(body, First);
        for (var i = 0; i < 6; i++)
        {
            await body.ReadExactlyAsync(new byte[Part(new byte[200]).Length], Token);
        }

        // Six frames at 5 fps are five intervals. A slow machine may take longer, a throttle that does nothing cannot.
        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(0.9));
        await ended.CancelAsync();
        await feeding;
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.09")]
    [InlineData("61")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("fast")]
    public async Task Stream_FpsThatCannotBe_IsAProblem(string fps)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Viewer, "GET", "/stream.mjpg?fps=" + fps);

        Assert.Equal($"fps is {fps}; allowed is 0.1 to 60 frames per second.", problem["errors"]!["fps"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Stream_ReaderGoes_ViewersFall()
    {
        var response = await host.OpenAsync("/stream.mjpg", Picture(0, 200));
        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers > 0, "there is a viewer", Token);
        response.Dispose();

        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 0, "the viewer is gone", Token);
    }

    [Fact]
    public async Task Stream_PanelStops_EndsInsteadOfKeepingItWaiting()
    {
        await using var other = new ApiHost();
        await other.InitializeAsync();
        using var response = await other.OpenAsync("/stream.mjpg", Picture(0, 200));
        other.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        var body = await response.Content.ReadAsByteArrayAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal(First.Length + Part(new byte[200]).Length, body.Length);
    }

    [Fact]
    public async Task Stream_TokenRevoked_Ends()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        using var client = host.Client(await tokens.AddAsync(Caller.System, "guest", Role.Viewer, Token));
        using var response = await host.OpenAsync("/stream.mjpg", Picture(0, 200), client);
        await tokens.RevokeAsync(Caller.System, "guest", Token);

        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 0, "the stream of the dismissed guest ended", Token);
    }

    /// <summary>Nothing is written to the database when a token runs out.</summary>
    [Fact]
    public async Task Stream_TokenRunsOut_Ends()
    {
        // Long enough for the stream to open on a busy machine, and for the commits around its sign-in to be over.
        var end = TimeProvider.System.GetUtcNow().AddSeconds(8);
        using var client = host.Client(await host.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, "passer-by", Role.Viewer, Token, end));
        using var response = await host.OpenAsync("/stream.mjpg", Picture(0, 200), client);
        response.EnsureSuccessStatusCode();

        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 0, "the stream of the token that ran out ended", Token);
    }

    /// <summary>R17: a viewer stops reading.</summary>
    [Fact]
    public async Task Stream_ReaderStopsReading_IsDroppedWhileAnotherGetsEveryFrame()
    {
        const int Size = 60_000;
        await Eventually.TrueAsync(() => !host.Session.Frames.Wanted, "readers of an earlier test have gone", Token);
        using var stalled = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024 };
        await stalled.ConnectAsync(host.Address.Host, host.Address.Port, Token);
        await stalled.SendAsync(
            Encoding.ASCII.GetBytes($"GET /stream.mjpg HTTP/1.1\r\nHost: {host.Address.Authority}\r\nAuthorization: Bearer {host.ViewerToken}\r\n\r\n"),
            Token);
        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 2, "it asks, for the stream and for its first picture", Token);
        await host.PublishAsync(Picture(0, Size));
        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 1, "the stalled reader is there", Token);

        using var response = await host.OpenAsync("/stream.mjpg", Picture(0, Size), others: 1);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        await ExpectAsync(body, First);
        await body.ReadExactlyAsync(new byte[Part(new byte[Size]).Length], Token);
        var frames = 0;
        var started = Stopwatch.GetTimestamp();
        while (host.Session.Frames.Subscribers > 1)
        {
            // The healthy reader gets each frame before the next one is made: it skips none because of the other.
            frames++;
            await host.PublishAsync(Picture((byte)frames, Size));
            await ExpectAsync(body, Part(Picture((byte)frames, Size)));
            await Task.Delay(30, Token);
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "The stalled reader is still there after 10 s.");
        }

        // What the stalled reader can still get was buffered for it: the server's two frames and its own small buffer.
        var buffered = 0;
        try
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = await stalled.ReceiveAsync(buffer, Token)) > 0;)
            {
                buffered += read;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The server's abort, which may overtake the rest.
        }

        Assert.True(frames > 20, $"Only {frames} frames were sent.");
        Assert.InRange(buffered, 0, 6 * Size);
    }

    private static byte[] Picture(byte number, int length)
    {
        var jpeg = new byte[length];
        jpeg.AsSpan().Fill(number);
        FakeCamera.Jpeg.AsSpan(0, 2).CopyTo(jpeg);
        FakeCamera.Jpeg.AsSpan(^2..).CopyTo(jpeg.AsSpan(length - 2));
        return jpeg;
    }

    private static async Task ExpectAsync(Stream body, byte[] expected)
    {
        var actual = new byte[expected.Length];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await body.ReadExactlyAsync(actual, patience.Token);
        Assert.True(expected.AsSpan().SequenceEqual(actual), "The stream does not go on with the expected part.");
    }

    private async Task FeedAsync(int length, TimeSpan interval, CancellationToken cancellationToken)
    {
        for (byte number = 1; !cancellationToken.IsCancellationRequested; number++)
        {
            host.Camera.Send(Picture(number, length));
            await Task.Delay(interval, CancellationToken.None);
        }
    }
}
