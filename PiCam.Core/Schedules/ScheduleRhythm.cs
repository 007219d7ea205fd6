namespace PiCam.Core.Schedules;

/// <summary>By what a schedule's entry goes.</summary>
public enum ScheduleRhythm
{
    /// <summary>Times of the day.</summary>
    Times,

    /// <summary>Multiples of an interval since midnight.</summary>
    Every,

    /// <summary>The sun, where the camera stands.</summary>
    Sun,

    /// <summary>A cron expression.</summary>
    Cron,
}
