using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Network;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>A camera on the network, by RTSP or HTTP. It has no controls.</summary>
internal sealed class NetworkCameraInput(FfmpegCameraOptions options, CameraUrl url, TargetGuard guard) : IFfmpegInput, IFfmpegFeed
{
    public string Description => $"network camera {url}, by ffmpeg";

    public FfmpegWords Words =>
        new(error => CameraLoss.NetworkUnopened($"{url}", error), error => CameraLoss.NetworkLost($"{url}", error));

    // Cameras wait for a key frame, which may come every ten seconds only.
    public TimeSpan ReadyTimeout => TimeSpan.FromSeconds(20);

    public IReadOnlyList<string> Secrets => url.Secrets;

    public IFfmpegFeed Open() => this;

    public async Task<IReadOnlyList<string>> ArgumentsAsync(CameraControls controls, CancellationToken cancellationToken)
    {
        try
        {
            var address = await guard.CheckAsync(url.Host, url.Port, cancellationToken).ConfigureAwait(false);
            return FfmpegArguments.ForNetwork(options, url.IsHttp ? HttpOptions() : RtspOptions, url.For(address));
        }
        catch (TargetRefusedException exception)
        {
            throw new CameraLostException(Words.CannotStart(exception.Message), exception);
        }
    }

    public bool Restarts(CameraControls from, CameraControls to) => false;

    public Task<FrameMetadata> ApplyAsync(CameraControls controls, CancellationToken cancellationToken) =>
        Task.FromResult(new FrameMetadata());

    public CameraCapabilities Describe(PixelSize size) => new() { Model = url.Host, Source = "ffmpeg", Size = size };

    public void Dispose()
    {
        // The connection is ffmpeg's.
    }

    // Everything through the one connection: nothing else needs to get in, and nothing leads elsewhere.
    private static readonly string[] RtspOptions =
        ["-protocol_whitelist", "tcp,tls", "-f", "rtsp", "-rtsp_transport", "tcp", "-allowed_media_types", "video"];

    // No redirects, no proxy from the environment, and no playlist format: each could lead to an address that nobody checked.
    private string[] HttpOptions() =>
    [
        "-protocol_whitelist", url.Scheme == "https" ? "https,tls,tcp" : "http,tcp",
        "-format_whitelist", "mpjpeg,mjpeg,jpeg_pipe,mpegts,flv,matroska,webm,h264,hevc,m4v",
        "-max_redirects", "0", "-http_proxy", "", "-headers", $"Host: {url.HostAndPort}\r\n",
    ];
}
