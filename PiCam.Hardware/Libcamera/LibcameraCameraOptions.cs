using PiCam.Core.Cameras;

namespace PiCam.Hardware.Libcamera;

/// <summary>Which camera the helper opens, and how it begins.</summary>
internal sealed record LibcameraCameraOptions
{
    /// <summary>The program: an absolute path, or a name that is looked up in PATH.</summary>
    public required string Helper { get; init; }

    /// <summary>libcamera's id of the camera; null: the first one.</summary>
    public string? Id { get; init; }

    /// <summary>Of the stream, until people choose another.</summary>
    public PixelSize Size { get; init; } = new(1280, 720);

    /// <summary>JPEG quality, 1 to 100, until people choose another.</summary>
    public int Quality { get; init; } = 80;

    /// <summary>A sensor with many modes takes some seconds to be looked at on a slow board.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
