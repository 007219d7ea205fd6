namespace PiCam.Core.Media;

/// <summary>What happened to pictures or films of the library.</summary>
public enum MediaChangeKind
{
    /// <summary>They are there: new, found, or brought back.</summary>
    Added,

    /// <summary>They are not there any more.</summary>
    Removed,

    /// <summary>They have another name, or another protection.</summary>
    Edited,
}
