using System.Text.Json.Serialization;
using PiCam.Core.Clocks;

namespace PiCam.Core.TimeLapses;

/// <summary>A time-lapse: what somebody wants, and how far it has come.</summary>
public sealed record TimeLapse
{
    /// <summary>Never changes; fit for an address.</summary>
    public required string Id { get; init; }

    public required TimeLapsePlan Plan { get; init; }

    /// <summary>The name of who made it.</summary>
    public required string By { get; init; }

    /// <summary>What its pictures share in the library.</summary>
    public required string Sequence { get; init; }

    public TimeLapseCondition Condition { get; init; }

    /// <summary>How often it was started; tells one run from the next.</summary>
    public int Run { get; init; }

    /// <summary>When it was started last; null: never.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How many pictures it has taken; the number of the newest one.</summary>
    public int Taken { get; init; }

    /// <summary>How many pictures were due and not taken.</summary>
    public int MissedCount { get; init; }

    /// <summary>Why and when, the newest last; the oldest are forgotten.</summary>
    public IReadOnlyList<MissedTimes> Missed { get; init; } = [];

    /// <summary>When the newest picture was due, taken or missed; null: none was yet.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>How long the newest picture took from the shutter to the disk; null: there is none.</summary>
    public TimeSpan? PictureTime { get; init; }

    /// <summary>Whether the look is locked on its behalf.</summary>
    public bool HoldsLook { get; init; }

    /// <summary>When the next picture is due; null: it does not run, or there is none to come.</summary>
    [JsonIgnore]
    public DateTimeOffset? Next { get; init; }

    /// <summary>How many pictures are to come, not more than <see cref="TimeLapsePlan.Count"/>; null: it goes on until a time, or until somebody stops it.</summary>
    [JsonIgnore]
    public int? Left => Plan.Count - Taken;

    /// <summary>With pictures that were due and not taken.</summary>
    internal TimeLapse Miss(Reason why, int count, DateTimeOffset from, DateTimeOffset to) => this with
    {
        MissedCount = MissedCount + count,
        Missed = MissedTimes.Add(Missed, new(why, count, from, to)),
        LastAt = to,
    };
}
