using System.Globalization;
using Cronos;
using PiCam.Core.Clocks;

namespace PiCam.Core.Schedules;

/// <summary>When something is to happen, again and again.</summary>
public sealed record ScheduleTiming
{
    /// <summary>The most times of a day.</summary>
    public const int MostTimes = 24;

    /// <summary>The largest interval, in minutes: a day.</summary>
    public const int LongestInterval = 1440;

    /// <summary>The farthest from what the sun does, in minutes: half a day.</summary>
    public const int MostOffset = 720;

    /// <summary>The most characters of a cron expression.</summary>
    public const int LongestCron = 100;

    public ScheduleRhythm Rhythm { get; init; }

    /// <summary>Of <see cref="ScheduleRhythm.Times"/>: 1 to 24 times of the day. One that the clock leaps over comes with the leap, one that it shows twice counts once.</summary>
    public IReadOnlyList<TimeOnly> Times { get; init; } = [];

    /// <summary>Of <see cref="ScheduleRhythm.Every"/>: minutes, 1 to 1440; each day begins anew.</summary>
    public int EveryMinutes { get; init; } = 60;

    /// <summary>Of <see cref="ScheduleRhythm.Sun"/>.</summary>
    public SunEvent Sun { get; init; } = SunEvent.Sunrise;

    /// <summary>Of <see cref="ScheduleRhythm.Sun"/>: minutes after it, −720 to 720.</summary>
    public int OffsetMinutes { get; init; }

    /// <summary>Of <see cref="ScheduleRhythm.Cron"/>: minute, hour, day of the month, month, day of the week; where both days are given, both must be so.</summary>
    public string Cron { get; init; } = "";

    /// <summary>On these days only; none: on every day. A cron expression has its own.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];

    /// <summary>Whether it happens on a day of the week.</summary>
    public bool IsOn(DayOfWeek day) => Weekdays.Count == 0 || Weekdays.Contains(day);

    /// <summary>What is wrong with it, apart from what only the place can say; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check() =>
    [
        .. Rhythm switch
        {
            ScheduleRhythm.Times => InvalidValue.CheckWhole("times", Times.Count, 1, MostTimes),
            ScheduleRhythm.Every => InvalidValue.CheckWhole("everyMinutes", EveryMinutes, 1, LongestInterval),
            ScheduleRhythm.Sun => InvalidValue.CheckWhole("offsetMinutes", OffsetMinutes, -MostOffset, MostOffset),
            _ => Expression is null ? [new("cron", Cron.Length > LongestCron ? $"\"{Cron[..LongestCron]}…\"" : $"\"{Cron}\"", ScheduleFault.ACron)] : (IEnumerable<InvalidValue>)[],
        },
        .. Weekdays.Where(day => !Enum.IsDefined(day)).Select(day => new InvalidValue("weekdays", string.Create(CultureInfo.InvariantCulture, $"{(int)day}"), ScheduleFault.AWeekday)),
    ];

    /// <summary>What the cron expression says; null: it is none.</summary>
    internal CronExpression? Expression => Cron.Length <= LongestCron && !Cron.TrimStart().StartsWith('@') && CronExpression.TryParse(Cron, CronFormat.Standard, out var expression) ? expression : null;
}
