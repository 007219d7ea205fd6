namespace PiCam.Core.Schedules;

/// <summary>Why an entry cannot be used, or did not happen, in words for the person at the page.</summary>
public static class ScheduleFault
{
    /// <summary>Not five fields; a name such as @every_second would wear out the card.</summary>
    public static Reason ACron { get; } = new(
        "five fields: minute (0 to 59), hour (0 to 23), day of the month (1 to 31), month (1 to 12), day of the week (0 to 7), such as 0 7 * * 1-5", "schedule.aCron");

    /// <summary>A number that is no day.</summary>
    public static Reason AWeekday { get; } = new("days of the week", "schedule.aWeekday");

    /// <summary>The 30th of February, the sunset of a place whose sun never sets.</summary>
    public static Reason ATimeThatComes { get; } = new("a time that comes within a year", "schedule.aTimeThatComes");

    /// <summary>It is not there, or was removed.</summary>
    public static Reason AnId { get; } = new("the id of one that is there", "schedule.anId");

    /// <summary>The clock leapt over it.</summary>
    public static Reason ClockSet { get; } = new("The clock was set forward.", "schedule.clockSet");

    /// <summary>Nobody looked at the clock for more than a minute.</summary>
    public static Reason TooLate { get; } = new("This machine slept, or was too busy to do it in time.", "schedule.tooLate");

    /// <summary>The same entry's last run goes on.</summary>
    public static Reason UnderWay { get; } = new("The time before was still under way.", "schedule.underWay");

    /// <param name="id">As it was asked for.</param>
    public static Reason Missing(string id) => new($"There is no entry {id} in the schedule.", "schedule.missing", id);

    /// <param name="error">What went wrong, in English.</param>
    public static Reason Failed(string error) => new($"It failed: {error}", "schedule.failed", error);
}
