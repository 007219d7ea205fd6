namespace PiCam.Core.Frames.Sizes;

/// <summary>How large the live picture travels: so many eighths of the camera's own width and height, by which a JPEG decoder scales for next to nothing.</summary>
public enum FrameSize
{
    /// <summary>1:4.</summary>
    Quarter = 2,

    /// <summary>3:8.</summary>
    ThreeEighths = 3,

    /// <summary>1:2.</summary>
    Half = 4,

    /// <summary>3:4.</summary>
    ThreeQuarters = 6,

    /// <summary>1:1, the camera's own pictures.</summary>
    Whole = 8,
}
