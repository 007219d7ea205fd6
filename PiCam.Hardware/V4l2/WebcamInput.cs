using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.JpegPipes;

namespace PiCam.Hardware.V4l2;

/// <summary>A webcam, or whatever else is a V4L2 capture device.</summary>
internal sealed class WebcamInput(FfmpegCameraOptions options, ILogger logger) : IFfmpegInput
{
    public string Description => $"webcam {options.Path}, by ffmpeg";

    public JpegPipeWords Words =>
        new(error => CameraLoss.WebcamUnopened(options.Path, error), error => CameraLoss.WebcamLost(options.Path, error));

    public IJpegPipeFeed Open()
    {
        V4l2Device device;
        try
        {
            device = V4l2Device.Open(options.Path);
        }
        catch (V4l2Exception exception)
        {
            throw new CameraLostException(Words.CannotStart(exception.Message), exception);
        }

        if (!device.Identity.Captures)
        {
            device.Dispose();
            throw new CameraLostException(Words.CannotStart($"{device.Identity.Card} ({device.Identity.Driver}) gives no pictures now"));
        }

        return new WebcamFeed(device, options, logger);
    }
}
