using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Broadcasts;
using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Hardware.Broadcasts;
using PiCam.Hardware.Network;
using PiCam.Hardware.Recordings;
using PiCam.Tests.Core.Media;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Broadcasts;

/// <summary>From the real ffmpeg to a real ffmpeg that listens.</summary>
public sealed class FfmpegBroadcasterTests : IDisposable
{
    private readonly FfmpegRecordingEncoder encoder = new("ffmpeg", TimeProvider.System, NullLogger<FfmpegRecordingEncoder>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => encoder.Dispose();

    [Theory]
    [InlineData("rtsp", "rtsp://ana:secret@127.0.0.1:{0}/porch", "-rtsp_flags listen -i rtsp://127.0.0.1:{0}/porch")]
    [InlineData("rtmp", "rtmp://127.0.0.1:{0}/live/key", "-listen 1 -i rtmp://127.0.0.1:{0}/live/key")]
    [InlineData("srt", "srt://127.0.0.1:{0}?latency=200000", "-i srt://127.0.0.1:{0}?mode=listener")]
    [InlineData("udp", "udp://127.0.0.1:{0}", "-i udp://127.0.0.1:{0}")]
    public async Task Send_ToAListener_IsReceivedAsH264(string scheme, string address, string listener)
    {
        var port = FreePort(scheme is "srt" or "udp");
        using var receiving = Receive(string.Format(null, listener, port));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var (sent, attempts) = (false, 0);
        var sending = Task.Run(
            async () =>
            {
                // The listener may not listen yet.
                while (!ending.IsCancellationRequested)
                {
                    attempts++;
                    try
                    {
                        await Broadcaster($"127.0.0.1:{port}").SendAsync(Plan, string.Format(null, address, port), Frames(ending.Token), () => sent = true, ending.Token);
                    }
                    catch (BroadcastFailedException failed)
                    {
                        TestContext.Current.SendDiagnosticMessage($"{scheme}, attempt {attempts}: {failed.Message}");
                        await Task.Delay(200, Token);
                    }
                    catch (OperationCanceledException)
                    {
                        return;
                    }
                }
            },
            Token);
        var output = receiving.StandardOutput.ReadToEndAsync(Token);
        var errors = receiving.StandardError.ReadToEndAsync(Token);
        try
        {
            await receiving.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(90), Token);
        }
        finally
        {
            if (!receiving.HasExited)
            {
                receiving.Kill();
            }

            await ending.CancelAsync();
        }

        await sending;
        Assert.Equal((scheme, 0, ""), (scheme, receiving.ExitCode, receiving.ExitCode == 0 ? "" : await errors));
        Assert.Contains("frame=30", await output, StringComparison.Ordinal);
        Assert.True(sent);
    }

    [Theory]
    [InlineData("rtsp://127.0.0.1:8554/porch")]
    [InlineData("rtmp://169.254.1.1/live")]
    [InlineData("udp://239.1.1.1:5000")]
    [InlineData("srt://[::1]:9000")]
    public async Task S12_PlacesThatTheOwnerDidNotList_AreRefused(string address)
    {
        var failed = await Assert.ThrowsAsync<BroadcastFailedException>(() => Broadcaster().SendAsync(Plan, address, Frames(Token), () => { }, Token));

        Assert.Contains("AllowedTargets", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://ana:secret@relay.example/porch", "rtsp://relay.example")]
    [InlineData("rtmp://relay.example:1936/live/key", "rtmp://relay.example:1936")]
    [InlineData("srt://relay.example:9000?streamid=publish:porch", "srt://relay.example:9000")]
    [InlineData("rtsp://relay.example/porch?token=x&video=copy", "rtsp://relay.example")]
    [InlineData("rtsp://relay.example/porch?multicast", null)]
    [InlineData("rtsp://relay.example/porch?a=b&UDP", null)]
    [InlineData("srt://relay.example", null)]
    [InlineData("srt://relay.example:9000?mode=listener", null)]
    [InlineData("udp://relay.example:5000?localaddr=1.2.3.4", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("http://relay.example/", null)]
    [InlineData("tee:a|b", null)]
    [InlineData("rtsp://2130706433/", null)]
    [InlineData("rtsp://relay.example/a b", null)]
    public void S12_Address_IsWhatItSaysAndKeepsItsSecrets(string address, string? shown) => Assert.Equal(shown, Broadcaster().Describe(address));

    [Fact]
    public async Task Send_ToNobody_SaysSoWithoutSecrets()
    {
        var port = FreePort(false);

        var failed = await Assert.ThrowsAsync<BroadcastFailedException>(
            () => Broadcaster("127.0.0.1").SendAsync(Plan, $"rtmp://127.0.0.1:{port}/live/topsecret", Frames(Token), () => { }, Token));

        Assert.Contains("refused", failed.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("topsecret", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ToOneWhoNeverReads_EndsWhenItIsWanted()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var ending = new CancellationTokenSource();
        var sending = Broadcaster("127.0.0.1").SendAsync(Plan, $"rtmp://{silent.LocalEndpoint}/live/key", Frames(ending.Token), () => { }, ending.Token);
        using var connected = await silent.AcceptTcpClientAsync(Token);

        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    private static RecordingPlan Plan { get; } = new(new(320, 240), RecordingFormat.H264, 50, TimeSpan.FromMilliseconds(40));

    private FfmpegBroadcaster Broadcaster(params string[] allowed) => new("ffmpeg", encoder, new TargetGuard(allowed, Dns.GetHostAddressesAsync));

    // A few seconds of frames at the rate of a camera: a listener measures what comes before it begins.
    private static async IAsyncEnumerable<Frame> Frames([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var jpeg = LibraryRig.Jpeg(320, 240, SKColors.Teal);
        using var timer = new PeriodicTimer(Plan.FrameDuration);
        for (var i = 0; await timer.WaitForNextTickAsync(cancellationToken); i++)
        {
            yield return new Frame(jpeg, 320, 240, new FrameMetadata { SensorTimestamp = i * Plan.FrameDuration }, Stopwatch.GetTimestamp());
        }
    }

    private static Process Receive(string input)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["-nostdin", "-loglevel", "error", .. input.Split(' '), "-c", "copy", "-frames:v", "30", "-progress", "pipe:1", "-f", "null", "-"])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static int FreePort(bool isUdp)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, isUdp ? SocketType.Dgram : SocketType.Stream, isUdp ? ProtocolType.Udp : ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
