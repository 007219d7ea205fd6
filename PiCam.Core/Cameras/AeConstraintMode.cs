namespace PiCam.Core.Cameras;

/// <summary>libcamera's AeConstraintMode: what automatic exposure protects.</summary>
public enum AeConstraintMode
{
    Normal,
    Highlight,
    Shadows,
    Custom,
}
