namespace PiCam.Core.Cameras;

/// <summary>How far the picture is turned, clockwise, to stand upright.</summary>
public enum Rotation
{
    Rotate0 = 0,
    Rotate90 = 90,
    Rotate180 = 180,
    Rotate270 = 270,
}
