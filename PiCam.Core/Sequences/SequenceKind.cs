namespace PiCam.Core.Sequences;

/// <summary>In what the pictures of a sequence differ.</summary>
public enum SequenceKind
{
    /// <summary>In time: as fast as they come.</summary>
    Burst,

    /// <summary>In exposure.</summary>
    Bracket,

    /// <summary>In where the focus lies.</summary>
    Focus,
}
