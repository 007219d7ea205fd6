namespace PiCam.Core.Clocks;

/// <summary>The clock on the wall of a zone, which is put forward and back.</summary>
public sealed class WallClock(TimeZoneInfo zone)
{
    /// <summary>The date that it shows.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>When a day begins.</summary>
    public DateTimeOffset Begin(DateOnly day) => First(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The first moment at which it shows a time or a later one: a time that is leapt over comes with the leap, one that comes twice counts once.</summary>
    public DateTimeOffset First(DateTime local)
    {
        if (zone.IsInvalidTime(local))
        {
            // The clock leaps over it.
            var before = new DateTimeOffset(local, zone.GetUtcOffset(local.AddDays(-1)));
            return TimeZoneInfo.ConvertTime(Change(before.AddDays(-1), before.AddDays(1)), zone);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>The next moment at which it shows a multiple of an interval since midnight, or midnight. Where it is put back, they come again.</summary>
    /// <param name="at">Not before this.</param>
    /// <param name="interval">A day at most.</param>
    /// <param name="isIncluded">Whether <paramref name="at"/> itself may be one.</param>
    public DateTimeOffset Multiple(DateTimeOffset at, TimeSpan interval, bool isIncluded)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var passed = local.TimeOfDay.Ticks / interval.Ticks;
        var steps = isIncluded && passed * interval.Ticks == local.TimeOfDay.Ticks ? passed : passed + 1;

        // Each day begins with a multiple.
        var sinceMidnight = TimeSpan.FromTicks(Math.Min(steps * interval.Ticks, TimeSpan.TicksPerDay));
        var slot = new DateTimeOffset(local.Date, local.Offset) + sinceMidnight;
        return zone.GetUtcOffset(slot) == local.Offset
            ? slot

            // The clock is put forward or back before: what it shows from then on counts.
            : Multiple(Change(at, slot), interval, isIncluded: true);
    }

    /// <summary>When, between two moments, the clock is put forward or back.</summary>
    private DateTimeOffset Change(DateTimeOffset before, DateTimeOffset after)
    {
        var offset = zone.GetUtcOffset(before);

        // It happens at full seconds everywhere.
        var (low, high) = (before.ToUnixTimeSeconds(), after.ToUnixTimeSeconds() + 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == offset ? (middle, high) : (low, middle);
        }

        return DateTimeOffset.FromUnixTimeSeconds(high);
    }
}
