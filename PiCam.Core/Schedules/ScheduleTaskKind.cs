namespace PiCam.Core.Schedules;

/// <summary>What a schedule's entry does.</summary>
public enum ScheduleTaskKind
{
    /// <summary>Takes a picture, as the photo's settings say.</summary>
    Still,

    /// <summary>Takes a burst.</summary>
    Burst,

    /// <summary>Starts a time-lapse.</summary>
    TimeLapse,

    /// <summary>Records for a while.</summary>
    Record,

    /// <summary>Applies a look.</summary>
    Look,

    /// <summary>Turns to a preset.</summary>
    Preset,

    /// <summary>Runs a tour.</summary>
    Tour,

    /// <summary>Switches the infrared lamp on.</summary>
    LampOn,

    /// <summary>Switches the infrared lamp off.</summary>
    LampOff,
}
