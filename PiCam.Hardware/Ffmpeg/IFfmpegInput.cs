using PiCam.Core.Cameras;
using PiCam.Hardware.JpegPipes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>Something that ffmpeg can make live pictures of.</summary>
internal interface IFfmpegInput
{
    /// <summary>One line for the console and the status page.</summary>
    string Description { get; }

    /// <summary>How to speak of it.</summary>
    JpegPipeWords Words { get; }

    /// <summary>Looks whether it is there.</summary>
    /// <exception cref="CameraLostException">It is not.</exception>
    IJpegPipeFeed Open();
}
