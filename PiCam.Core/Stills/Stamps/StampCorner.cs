namespace PiCam.Core.Stills.Stamps;

/// <summary>Where in the picture a stamp is.</summary>
public enum StampCorner
{
    BottomLeft,
    BottomRight,
    TopLeft,
    TopRight,
}
