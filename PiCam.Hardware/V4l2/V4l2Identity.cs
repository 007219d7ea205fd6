namespace PiCam.Hardware.V4l2;

/// <summary>What a video device says of itself.</summary>
/// <param name="Path">For example <c>/dev/video0</c>.</param>
/// <param name="Driver">The kernel driver, such as <c>uvcvideo</c>.</param>
/// <param name="Card">The device's name for people.</param>
/// <param name="Bus">Where it is plugged in, such as <c>usb-0000:01:00.0-1.3</c>.</param>
/// <param name="Captures">Whether it delivers pictures at all; many devices are encoders or hold metadata.</param>
/// <param name="FourCcs">The pixel formats it captures in.</param>
internal sealed record V4l2Identity(string Path, string Driver, string Card, string Bus, bool Captures, IReadOnlyList<string> FourCcs);
