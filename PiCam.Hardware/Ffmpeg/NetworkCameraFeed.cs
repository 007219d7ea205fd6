using System.Net;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.JpegPipes;
using PiCam.Hardware.Network;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>A camera on the network, in use. It has no controls. Its name is looked up, and checked, each time that ffmpeg is started.</summary>
internal sealed class NetworkCameraFeed(FfmpegCameraOptions options, StreamUrl url, TargetGuard guard, JpegPipeWords words) : IJpegPipeFeed
{
    // Everything through the one connection: nothing else needs to get in, and nothing leads elsewhere.
    private static readonly string[] RtspOptions =
        ["-protocol_whitelist", "tcp", "-f", "rtsp", "-rtsp_transport", "tcp", "-allowed_media_types", "video"];

    // Cameras wait for a key frame, which may come every ten seconds only.
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(20);

    private RtspRelay? relay;

    public string? Failure => relay?.Failure;

    public async Task<ChildCommand> CommandAsync(CameraControls controls, CancellationToken cancellationToken)
    {
        IPAddress address;
        try
        {
            address = await guard.CheckAsync(url.Host, url.Port, cancellationToken).ConfigureAwait(false);
        }
        catch (TargetRefusedException exception)
        {
            throw new CameraLostException(words.CannotStart(exception.Message), exception);
        }

        var camera = new IPEndPoint(address, url.Port);
        if (url.IsHttp)
        {
            return Command(HttpOptions(), url.For(url.Scheme, camera));
        }

        await DisposeAsync().ConfigureAwait(false);
        relay = new RtspRelay(camera, url.Scheme == "rtsps" ? url.Host : null);
        return Command(RtspOptions, url.For("rtsp", relay.EndPoint));
    }

    public bool Restarts(CameraControls from, CameraControls to) => false;

    public Task<FrameMetadata> ApplyAsync(CameraControls controls, CancellationToken cancellationToken) =>
        Task.FromResult(new FrameMetadata());

    public CameraCapabilities Describe(PixelSize size) => new() { Model = url.Host, Source = "ffmpeg", Size = size };

    public async ValueTask DisposeAsync()
    {
        if (relay is not null)
        {
            await relay.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ChildCommand Command(string[] inputOptions, string address) =>
        options.Command(FfmpegArguments.ForNetwork(options, inputOptions, address), ReadyTimeout) with { Secrets = url.Secrets };

    // No redirects, no proxy from the environment, and no playlist format: each could lead to an address that nobody checked.
    private string[] HttpOptions() =>
    [
        "-protocol_whitelist", url.Scheme == "https" ? "https,tls,tcp" : "http,tcp",
        "-format_whitelist", "mpjpeg,mjpeg,jpeg_pipe,mpegts,flv,matroska,webm,h264,hevc,m4v",
        "-max_redirects", "0", "-http_proxy", "", "-headers", $"Host: {url.HostAndPort}\r\n",
    ];
}
