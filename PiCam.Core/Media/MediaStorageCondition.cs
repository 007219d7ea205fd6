namespace PiCam.Core.Media;

/// <summary>Whether the library can take more.</summary>
public enum MediaStorageCondition
{
    Ok,

    /// <summary>The disk has no room.</summary>
    Full,

    /// <summary>PiCam may not write.</summary>
    ReadOnly,
}
