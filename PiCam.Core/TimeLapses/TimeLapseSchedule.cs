using PiCam.Core.Clocks;

namespace PiCam.Core.TimeLapses;

/// <summary>
/// When a time-lapse may take pictures, by the clock on the wall of a zone. Where that clock is put forward or back, hours begin and
/// end when it first shows their time or a later one, and multiples of the interval are those that it shows then.
/// </summary>
public sealed class TimeLapseSchedule(TimeLapsePlan plan, Place? place, TimeZoneInfo zone)
{
    private readonly WallClock wall = new(zone);

    // A polar night is shorter.
    private const int MostDays = 366;

    /// <summary>The first moment at which pictures may be taken.</summary>
    /// <param name="at">Not before this.</param>
    /// <returns>Null: never, as far as one can look.</returns>
    public DateTimeOffset? Opens(DateTimeOffset at) => Hours(at) is { } hours ? Later(at, hours.From) : null;

    /// <summary>The first moment at which the clock shows a multiple of the interval and pictures may be taken.</summary>
    /// <param name="after">After this.</param>
    /// <returns>Null: never, as far as one can look.</returns>
    public DateTimeOffset? NextAligned(DateTimeOffset after)
    {
        var slot = wall.Multiple(after, plan.Interval, isIncluded: false);
        for (var day = 0; day < MostDays; day++)
        {
            if (Hours(slot) is not { } hours)
            {
                return null;
            }

            if (slot >= hours.From)
            {
                return slot;
            }

            slot = wall.Multiple(hours.From, plan.Interval, isIncluded: true);
        }

        return null;
    }

    /// <summary>How many pictures are due after <paramref name="from"/> and until <paramref name="to"/>, an interval from each other.</summary>
    public int CountDue(DateTimeOffset from, DateTimeOffset to)
    {
        var count = 0L;
        for (var at = from; Hours(at) is { } hours && hours.From < to; at = hours.To)
        {
            // Where the hours begin, one is due at once.
            var begins = hours.From > at || at != from;
            var end = hours.To <= to ? hours.To.AddTicks(-1) : to;
            count += (long)Math.Floor((end - Later(at, hours.From)) / plan.Interval) + (begins ? 1 : 0);
            if (hours.To >= to)
            {
                break;
            }
        }

        return (int)Math.Min(count, int.MaxValue);
    }

    /// <summary>How long pictures are taken on the day of a moment.</summary>
    public TimeSpan OpenPerDay(DateTimeOffset at)
    {
        if (plan.Window is { } window)
        {
            return window.From == window.To ? TimeSpan.FromDays(1) : window.To - window.From;
        }

        return !plan.ByDaylight ? TimeSpan.FromDays(1) : HoursOf(wall.Day(at)) is { } hours ? hours.To - hours.From : TimeSpan.Zero;
    }

    /// <summary>The hours that a moment lies in, or else the next ones.</summary>
    private (DateTimeOffset From, DateTimeOffset To)? Hours(DateTimeOffset at)
    {
        if (plan.Window is null && !plan.ByDaylight)
        {
            return (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        }

        // Yesterday's may reach into today.
        for (var day = -1; day < MostDays; day++)
        {
            if (HoursOf(wall.Day(at).AddDays(day)) is { } hours && hours.To > at && hours.To > hours.From)
            {
                return hours;
            }
        }

        return null;
    }

    private (DateTimeOffset From, DateTimeOffset To)? HoursOf(DateOnly day)
    {
        if (plan.Window is { } window)
        {
            return (wall.First(day.ToDateTime(window.From)), wall.First(day.AddDays(window.IsOverMidnight ? 1 : 0).ToDateTime(window.To)));
        }

        return place is null ? null : SunTimes.On(day, place) switch
        {
            { Rise: { } rise, Set: { } set } => (rise, set),
            { IsUpAllDay: true } => (wall.Begin(day), wall.Begin(day.AddDays(1))),
            _ => null,
        };
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
