using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Schedules;
using PiCam.Core.Clocks;
using PiCam.Core.Schedules;

namespace PiCam.Blazor.Api;

/// <summary>An entry of the schedule: what happens when.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Sentence">The same for people, in the language that the request asks for.</param>
/// <param name="Times">Times of the day, as HH:mm; null: it goes by something else.</param>
/// <param name="EveryMinutes">Minutes from one to the next, since midnight; null: it goes by something else.</param>
/// <param name="Sun">"dawn", "sunrise", "sunset" or "dusk"; null: it goes by something else.</param>
/// <param name="OffsetMinutes">Minutes after what the sun does; null: it goes by something else.</param>
/// <param name="Cron">A cron expression; null: it goes by something else.</param>
/// <param name="Weekdays">On these days only, such as "monday"; empty: on every day.</param>
/// <param name="Task">"still", "burst", "timeLapse", "record", "look", "preset", "tour", "lampOn" or "lampOff".</param>
/// <param name="Count">Of a burst.</param>
/// <param name="Duration">Of a recording, in seconds.</param>
/// <param name="Target">The id of the time-lapse, look, preset or tour.</param>
/// <param name="On">Whether it happens at all.</param>
/// <param name="By">Who made it.</param>
/// <param name="NextAt">When it happens next; null: it is off, or not within a year.</param>
/// <param name="LastAt">When it happened last; null: it did not yet.</param>
/// <param name="MissedCount">How often it was due and did not happen.</param>
/// <param name="Missed">Why and when, the newest last.</param>
internal sealed record ScheduleDocument(
    string Id,
    string Sentence,
    IReadOnlyList<string>? Times,
    int? EveryMinutes,
    SunEvent? Sun,
    int? OffsetMinutes,
    string? Cron,
    IReadOnlyList<string> Weekdays,
    ScheduleTaskKind Task,
    int? Count,
    double? Duration,
    string? Target,
    bool On,
    string By,
    DateTimeOffset? NextAt,
    DateTimeOffset? LastAt,
    int MissedCount,
    IReadOnlyList<MissedDocument> Missed)
{
    public static ScheduleDocument From(ScheduleEntry entry, ScheduleBook book, IScheduleWork work, IStringLocalizer<Texts> texts)
    {
        var (timing, task) = (entry.Timing, entry.Task);
        var isSun = timing.Rhythm == ScheduleRhythm.Sun;
        return new(
            entry.Id,
            texts.Sentence(work, timing, task),
            timing.Rhythm == ScheduleRhythm.Times ? [.. timing.Times.Select(QuantityTexts.TimeOfDay)] : null,
            timing.Rhythm == ScheduleRhythm.Every ? timing.EveryMinutes : null,
            isSun ? timing.Sun : null,
            isSun ? timing.OffsetMinutes : null,
            timing.Rhythm == ScheduleRhythm.Cron ? timing.Cron : null,
            [.. timing.Weekdays.Select(day => ControlValues.Spell($"{day}"))],
            task.Kind,
            task.Kind == ScheduleTaskKind.Burst ? task.Count : null,
            task.Kind == ScheduleTaskKind.Record ? task.Duration.TotalSeconds : null,
            task.HasTarget ? task.Target : null,
            entry.IsOn,
            entry.By,
            book.Next(entry),
            entry.LastAt,
            entry.MissedCount,
            [.. entry.Missed.Select(missed => new MissedDocument(missed.Why.English, missed.Count, missed.From, missed.To))]);
    }
}

/// <summary>What would happen.</summary>
/// <param name="Sentence">For people, in the language that the request asks for.</param>
/// <param name="Next">The next ten times.</param>
internal sealed record SchedulePreviewDocument(string Sentence, IReadOnlyList<DateTimeOffset> Next);

/// <summary>What will happen, and when.</summary>
/// <param name="At">When.</param>
/// <param name="Id">Of the entry.</param>
/// <param name="Does">What, for people, in the language that the request asks for.</param>
internal sealed record ScheduledRunDocument(DateTimeOffset At, string Id, string Does);
