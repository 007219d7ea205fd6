using PiCam.Core.Clocks;

namespace PiCam.Core.Schedules;

/// <summary>The moments of a timing, by the clock on the wall of a zone.</summary>
public sealed class ScheduleCalendar(ScheduleTiming timing, Place? place, TimeZoneInfo zone)
{
    // A polar night, and a day of the week in it.
    private const int MostDays = 373;

    private readonly WallClock wall = new(zone);

    /// <summary>The first moment after another one, in the zone.</summary>
    /// <returns>Null: never, as far as one can look.</returns>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var next = timing.Rhythm switch
        {
            ScheduleRhythm.Every => NextMultiple(after),
            ScheduleRhythm.Cron => timing.Expression?.GetNextOccurrence(after, zone),
            _ => NextOfDays(after),
        };
        return next is { } at ? TimeZoneInfo.ConvertTime(at, zone) : null;
    }

    /// <summary>The moments after one and until another, at most so many of them.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until, int most)
    {
        for (var count = 0; count < most && Next(after) is { } at && at <= until; count++)
        {
            yield return after = at;
        }
    }

    private DateTimeOffset? NextMultiple(DateTimeOffset after)
    {
        var interval = TimeSpan.FromMinutes(timing.EveryMinutes);
        var at = wall.Multiple(after, interval, isIncluded: false);
        for (var days = 0; days <= 7; days++)
        {
            var day = wall.Day(at);
            if (timing.IsOn(day.DayOfWeek))
            {
                return at;
            }

            at = wall.Multiple(wall.Begin(day.AddDays(1)), interval, isIncluded: true);
        }

        return null;
    }

    private DateTimeOffset? NextOfDays(DateTimeOffset after)
    {
        // What belongs to yesterday's sunset may come today.
        var first = wall.Day(after).AddDays(-1);
        for (var days = 0; days < MostDays; days++)
        {
            var day = first.AddDays(days);
            if (timing.IsOn(day.DayOfWeek) && Of(day).Where(at => at > after).Select(at => (DateTimeOffset?)at).Min() is { } at)
            {
                return at;
            }
        }

        return null;
    }

    private IEnumerable<DateTimeOffset> Of(DateOnly day) => timing.Rhythm == ScheduleRhythm.Times
        ? timing.Times.Select(time => wall.First(day.ToDateTime(time)))
        : place is not null && SunTimes.At(timing.Sun, day, place) is { } sun ? [Whole(sun).AddMinutes(timing.OffsetMinutes)] : [];

    // Nobody knows the sun to the second.
    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), at.Offset);
}
