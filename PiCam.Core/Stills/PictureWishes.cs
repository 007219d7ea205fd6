using PiCam.Core.Cameras;

namespace PiCam.Core.Stills;

/// <summary>What somebody wants of one picture's file, beside the picture.</summary>
public sealed record PictureWishes
{
    /// <summary>Whether it gets a stamp; null: as the stamp's settings say.</summary>
    public bool? Stamp { get; init; }

    /// <summary>What its file says of what is to be seen, in any language; null: what the camera is called, where it has been named.</summary>
    public string? Description { get; init; }

    /// <summary>Its number, for the stamp; 0 or more.</summary>
    public long Counter { get; init; }

    /// <summary>JPEG quality of a stamped picture, which is encoded anew; 1 to 100.</summary>
    public int Quality { get; init; } = StillRequest.UsualQuality;
}
