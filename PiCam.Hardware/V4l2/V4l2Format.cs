using PiCam.Core.Cameras;

namespace PiCam.Hardware.V4l2;

/// <summary>A pixel format that the device captures in.</summary>
/// <param name="FourCc">For example <c>MJPG</c> or <c>YUYV</c>.</param>
/// <param name="Sizes">The sizes it has; of a range of sizes the usual ones and the largest.</param>
internal sealed record V4l2Format(string FourCc, IReadOnlyList<PixelSize> Sizes)
{
    /// <summary>Whether each frame is a JPEG.</summary>
    public bool IsJpeg => FourCc is "MJPG" or "JPEG";
}
