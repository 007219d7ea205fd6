namespace PiCam.Core.Cameras;

/// <summary>libcamera's AeMeteringMode: which part of the picture automatic exposure looks at.</summary>
public enum AeMeteringMode
{
    CentreWeighted,
    Spot,
    Matrix,
    Custom,
}
