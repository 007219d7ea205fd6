namespace PiCam.Core.Cameras;

/// <summary>libcamera's HdrMode.</summary>
public enum HdrMode
{
    Off,
    MultiExposureUnmerged,
    MultiExposure,
    SingleExposure,
    Night,
}
