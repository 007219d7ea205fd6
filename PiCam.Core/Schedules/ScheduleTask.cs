using System.Text.Json.Serialization;
using PiCam.Core.Recordings;
using PiCam.Core.Sequences;

namespace PiCam.Core.Schedules;

/// <summary>What is to happen.</summary>
public sealed record ScheduleTask
{
    public ScheduleTaskKind Kind { get; init; }

    /// <summary>Of a burst: 1 to 1000 pictures.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Of a recording: 1 s to 7 days.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The id of the time-lapse, look, preset or tour; null for what has none.</summary>
    public string? Target { get; init; }

    /// <summary>Whether it is about one of several time-lapses, looks, presets or tours.</summary>
    [JsonIgnore]
    public bool HasTarget => Kind is ScheduleTaskKind.TimeLapse or ScheduleTaskKind.Look or ScheduleTaskKind.Preset or ScheduleTaskKind.Tour;

    /// <summary>What is wrong with it, apart from what only the panel can say; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check() => Kind switch
    {
        ScheduleTaskKind.Burst => [.. InvalidValue.CheckWhole("count", Count, 1, SequenceRequest.MostOfBurst)],
        ScheduleTaskKind.Record => Recorder.CheckDuration(Duration),
        _ => [],
    };
}
