namespace PiCam.Blazor.TimeLapses;

/// <summary>When a time-lapse is to end.</summary>
public enum TimeLapseEnd
{
    /// <summary>When somebody stops it.</summary>
    Never,

    /// <summary>After a number of pictures.</summary>
    Count,

    /// <summary>At a time.</summary>
    Time,
}
