namespace PiCam.Core.Cameras;

/// <summary>libcamera's NoiseReductionMode.</summary>
public enum NoiseReductionMode
{
    Fast,
    Off,
    HighQuality,
    Minimal,
    ZSL,
}
