namespace PiCam.Core.Cameras;

/// <summary>libcamera's AfMode.</summary>
public enum AfMode
{
    Continuous,
    Auto,
    Manual,
}
