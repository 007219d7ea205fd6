namespace PiCam.Blazor.TimeLapses;

/// <summary>At which hours of the day a time-lapse is to take pictures.</summary>
public enum TimeLapseHours
{
    AllDay,

    /// <summary>From one time to another.</summary>
    Window,

    /// <summary>Between sunrise and sunset.</summary>
    Daylight,
}
