namespace PiCam.Core.TimeLapses;

/// <summary>
/// Says when the next picture is due. The interval is held on a clock that nobody sets; hours of the day and multiples of the interval go
/// by the clock on the wall, and are looked at anew when somebody sets it. A picture that comes too late is left out, never made up for.
/// </summary>
/// <param name="schedule">When pictures may be taken.</param>
/// <param name="interval">Between two of them.</param>
/// <param name="isAligned">By multiples of the interval.</param>
/// <param name="last">When the one before was due, on the clock that nobody sets; null: the first is due at once.</param>
internal sealed class TimeLapsePace(TimeLapseSchedule schedule, TimeSpan interval, bool isAligned, TimeSpan? last)
{
    // A clock that is kept by NTP is off by less; more, and somebody has set it.
    private static readonly TimeSpan ClockWasSet = TimeSpan.FromSeconds(1);

    private PacedPicture? planned;

    /// <summary>The next picture; the same one until <see cref="Passed"/>, as long as nobody sets the clock.</summary>
    /// <param name="now">On the clock that nobody sets.</param>
    /// <param name="wall">On the wall.</param>
    /// <returns>Null: there is none to come.</returns>
    public PacedPicture? Next(TimeSpan now, DateTimeOffset wall)
    {
        if (planned is { IsByTheWall: true } waited && (now + (waited.At - wall) - waited.Due).Duration() > ClockWasSet)
        {
            planned = null;
        }

        planned ??= Plan(now, wall);
        if (planned is { IsByTheWall: false } due && due.Due <= now && schedule.Opens(wall) is var opens && opens != wall)
        {
            // Somebody has set the clock to a time of rest.
            planned = opens is { } at ? ByTheWall(now, wall, at) : null;
        }

        return planned;
    }

    /// <summary>The planned picture is over, taken or not.</summary>
    /// <param name="now">On the clock that nobody sets.</param>
    /// <returns>How many pictures after it have come too late meanwhile.</returns>
    public int Passed(TimeSpan now)
    {
        var due = planned?.Due ?? now;
        (last, planned) = (due, null);

        // One that is late by less than an interval is still taken, unless only the full minute, say, will do.
        return (int)Math.Max(0, Math.Floor((now - due) / interval) - (isAligned ? 0 : 1));
    }

    private PacedPicture? Plan(TimeSpan now, DateTimeOffset wall)
    {
        if (isAligned)
        {
            // The clock on the wall may be a little slower than the other: not twice the same multiple.
            var earliest = last is { } before && before + (interval / 4) is var later && later > now ? wall + (later - now) : wall;
            return schedule.NextAligned(earliest) is { } slot ? ByTheWall(now, wall, slot) : null;
        }

        var due = last is { } from ? from + (interval * Math.Max(1, Math.Floor((now - from) / interval))) : now;
        var at = wall + (due - now);
        return schedule.Opens(at) switch
        {
            null => null,
            { } opens when opens == at => new PacedPicture(due, at, false),
            { } opens => ByTheWall(now, wall, opens),
        };
    }

    private static PacedPicture ByTheWall(TimeSpan now, DateTimeOffset wall, DateTimeOffset at) => new(now + (at - wall), at, true);
}
