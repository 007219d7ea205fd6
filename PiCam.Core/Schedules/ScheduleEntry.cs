using PiCam.Core.Clocks;

namespace PiCam.Core.Schedules;

/// <summary>Something that happens by itself at set times.</summary>
public sealed record ScheduleEntry
{
    /// <summary>Never changes; fit for an address.</summary>
    public required string Id { get; init; }

    public required ScheduleTiming Timing { get; init; }

    public required ScheduleTask Task { get; init; }

    /// <summary>The name of who made it.</summary>
    public required string By { get; init; }

    /// <summary>Whether it happens at all.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>What was due until then has happened or was missed; before, nothing was.</summary>
    public DateTimeOffset LookedAt { get; init; }

    /// <summary>When it happened last; null: it did not yet.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>How often it was due and did not happen.</summary>
    public int MissedCount { get; init; }

    /// <summary>Why and when, the newest last; the oldest are forgotten.</summary>
    public IReadOnlyList<MissedTimes> Missed { get; init; } = [];

    internal ScheduleEntry Miss(Reason why, int count, DateTimeOffset from, DateTimeOffset to) => this with
    {
        MissedCount = MissedCount + count,
        Missed = MissedTimes.Add(Missed, new(why, count, from, to)),
    };
}
