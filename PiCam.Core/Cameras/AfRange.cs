namespace PiCam.Core.Cameras;

/// <summary>libcamera's AfRange: where autofocus searches.</summary>
public enum AfRange
{
    Normal,
    Macro,
    Full,
}
