using PiCam.Core.Cameras;

namespace PiCam.Hardware.Rpicam;

/// <summary>Which camera rpicam-vid opens, and how it begins.</summary>
internal sealed record RpicamCameraOptions
{
    /// <summary>The program: an absolute path, or a name that is looked up in PATH; null: rpicam-vid, else libcamera-vid.</summary>
    public string? Executable { get; init; }

    /// <summary>libcamera's id of the camera; null: the first one.</summary>
    public string? Id { get; init; }

    /// <summary>Of the stream, until people choose another.</summary>
    public PixelSize Size { get; init; } = new(1280, 720);

    /// <summary>JPEG quality, 1 to 100, until people choose another.</summary>
    public int Quality { get; init; } = 80;
}
