namespace PiCam.Core.Sequences;

/// <summary>How far a sequence is.</summary>
public enum SequencePhase
{
    /// <summary>The self-timer runs.</summary>
    Waiting,

    /// <summary>Pictures are being taken.</summary>
    Taking,

    /// <summary>No more are taken; the last ones are being kept.</summary>
    Keeping,

    /// <summary>All pictures were taken and kept.</summary>
    Done,

    /// <summary>Somebody stopped it; what was taken by then is kept.</summary>
    Stopped,

    /// <summary>It ended before its time; what was kept by then stays.</summary>
    Failed,
}
