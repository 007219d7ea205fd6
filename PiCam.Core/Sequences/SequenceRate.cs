namespace PiCam.Core.Sequences;

/// <summary>Where a burst's pictures come from.</summary>
public enum SequenceRate
{
    /// <summary>Every frame of the live stream, in its size and quality.</summary>
    Stream,

    /// <summary>Stills, one after the other as fast as the camera takes them.</summary>
    Still,
}
