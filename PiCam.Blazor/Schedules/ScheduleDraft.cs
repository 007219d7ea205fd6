using PiCam.Core.Clocks;
using PiCam.Core.Schedules;

namespace PiCam.Blazor.Schedules;

/// <summary>An entry of the schedule that somebody is filling in.</summary>
public sealed class ScheduleDraft
{
    private static readonly TimeOnly Morning = new(7, 0);

    private readonly Dictionary<ScheduleTaskKind, string> targets = [];

    /// <summary>A new one.</summary>
    public ScheduleDraft() => Times = [Morning];

    /// <summary>One that is there.</summary>
    public ScheduleDraft(ScheduleEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (timing, task) = (entry.Timing, entry.Task);
        Id = entry.Id;
        (Rhythm, EveryMinutes, Sun, Cron) = (timing.Rhythm, timing.EveryMinutes, timing.Sun, timing.Cron);
        Times = timing.Times.Count > 0 ? [.. timing.Times] : [Morning];
        (OffsetMinutes, IsBefore) = (Math.Abs(timing.OffsetMinutes), timing.OffsetMinutes < 0);
        Weekdays = timing.Weekdays.ToHashSet();
        (Kind, Count, Seconds) = (task.Kind, task.Count, task.Duration.TotalSeconds);
        if (task.Target is { } target)
        {
            targets[task.Kind] = target;
        }
    }

    /// <summary>Of the entry that is changed; null: it is a new one.</summary>
    public string? Id { get; }

    public ScheduleRhythm Rhythm { get; set; }

    public IList<TimeOnly> Times { get; }

    /// <summary>To the nearest whole number, as the sentence says.</summary>
    public double EveryMinutes { get; set; } = 60;

    public SunEvent Sun { get; set; } = SunEvent.Sunset;

    /// <inheritdoc cref="EveryMinutes"/>
    public double OffsetMinutes { get; set; }

    public bool IsBefore { get; set; }

    public string Cron { get; set; } = "0 7 * * 1-5";

    /// <summary>None: every day.</summary>
    public ISet<DayOfWeek> Weekdays { get; } = new HashSet<DayOfWeek>();

    public ScheduleTaskKind Kind { get; set; }

    /// <inheritdoc cref="EveryMinutes"/>
    public double Count { get; set; } = 10;

    public double Seconds { get; set; } = 60;

    /// <summary>What is chosen of those that there are for <see cref="Kind"/>, or else the first; of an entry whose own was removed, that one until another is chosen.</summary>
    public string? Target(IReadOnlyList<(string Id, string Name)> there)
    {
        ArgumentNullException.ThrowIfNull(there);
        return targets.TryGetValue(Kind, out var chosen) ? chosen : there.Select(target => target.Id).FirstOrDefault();
    }

    /// <summary>Chooses one for <see cref="Kind"/>.</summary>
    public void Choose(string target) => targets[Kind] = target;

    /// <summary>When, which may be what cannot be used.</summary>
    public ScheduleTiming Timing => new()
    {
        Rhythm = Rhythm,
        Times = Rhythm == ScheduleRhythm.Times ? [.. Times.Distinct().Order()] : [],
        EveryMinutes = Whole(EveryMinutes),
        Sun = Sun,
        OffsetMinutes = Whole(IsBefore ? -OffsetMinutes : OffsetMinutes),
        Cron = Rhythm == ScheduleRhythm.Cron ? Cron.Trim() : "",
        Weekdays = Rhythm == ScheduleRhythm.Cron ? [] : [.. ScheduleTexts.Week.Where(Weekdays.Contains)],
    };

    /// <summary>What, which may be what cannot be used.</summary>
    /// <param name="there">What there is for <see cref="Kind"/>.</param>
    public ScheduleTask Task(IReadOnlyList<(string Id, string Name)> there) => new()
    {
        Kind = Kind,
        Count = Whole(Count),
        Duration = TimeSpan.FromSeconds(Math.Clamp(Seconds, -1, 1e9)),
        Target = Target(there),
    };

    private static int Whole(double number) => (int)Math.Round(Math.Clamp(number, -1e6, 1e6));
}
