using PiCam.Core.Cameras;
using PiCam.Hardware.JpegPipes;
using PiCam.Hardware.Network;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>A camera on the network, by RTSP or HTTP.</summary>
internal sealed class NetworkCameraInput(FfmpegCameraOptions options, StreamUrl url, TargetGuard guard) : IFfmpegInput
{
    public string Description => $"network camera {url}, by ffmpeg";

    public JpegPipeWords Words =>
        new(error => CameraLoss.NetworkUnopened($"{url}", error), error => CameraLoss.NetworkLost($"{url}", error));

    public IJpegPipeFeed Open() => new NetworkCameraFeed(options, url, guard, Words);
}
