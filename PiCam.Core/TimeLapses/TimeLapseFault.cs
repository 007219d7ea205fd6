namespace PiCam.Core.TimeLapses;

/// <summary>Why a time-lapse does not start, or misses a picture, in words for the person at the page.</summary>
public static class TimeLapseFault
{
    /// <summary>Nobody has said where the camera stands.</summary>
    public static Reason NoPlace { get; } = new("nothing, until you say where the camera stands: sunrise and sunset depend on it", "timeLapse.noPlace");

    /// <summary>Both limits of the day at once.</summary>
    public static Reason NotWithAWindow { get; } = new("either hours of the day or daylight, not both", "timeLapse.notWithAWindow");

    /// <summary>An end that is over.</summary>
    public static Reason ATimeToCome { get; } = new("a time to come", "timeLapse.aTimeToCome");

    /// <summary>No multiple of the interval lies within the hours.</summary>
    public static Reason HoursWithAPicture { get; } = new("hours in which a picture is due", "timeLapse.hoursWithAPicture");

    /// <summary>While the panel was off or began.</summary>
    public static Reason PoweredOff { get; } = new("PiCam was not running.", "timeLapse.poweredOff");

    /// <summary>The camera, or the disk, needs longer than the interval.</summary>
    public static Reason TooSlow { get; } = new("Taking a picture took longer than the interval.", "timeLapse.tooSlow");

    /// <param name="id">As it was asked for.</param>
    public static Reason Missing(string id) => new($"There is no time-lapse {id}.", "timeLapse.missing", id);

    /// <param name="name">Of the one that runs.</param>
    public static Reason Busy(string name) => new($"The time-lapse {name} is running, and the camera can take one at a time. Stop it first.", "timeLapse.busy", name);

    /// <param name="error">What went wrong, in English.</param>
    public static Reason Failed(string error) => new($"The picture could not be taken: {error}", "timeLapse.failed", error);
}
