namespace PiCam.Core.TimeLapses;

/// <summary>Whether a time-lapse takes pictures.</summary>
public enum TimeLapseCondition
{
    /// <summary>Somebody stopped it; it can go on.</summary>
    Stopped,

    /// <summary>It takes pictures, or waits for the next one.</summary>
    Running,

    /// <summary>It came to its end; started again, it begins a new sequence.</summary>
    Finished,
}
