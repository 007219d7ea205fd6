using System.Text.Json;
using PiCam.Core.Clocks;
using PiCam.Core.Schedules;

namespace PiCam.Blazor.Api;

/// <summary>What somebody wants of the schedule, as it comes by HTTP.</summary>
internal static class ScheduleRequest
{
    private const string Times = "times";
    private const string EveryMinutes = "everyMinutes";
    private const string Sun = "sun";
    private const string OffsetMinutes = "offsetMinutes";
    private const string Cron = "cron";
    private const string Weekdays = "weekdays";
    private const string Task = "task";
    private const string Count = "count";
    private const string Duration = "duration";
    private const string Target = "target";

    private static readonly string[] Rhythms = [Times, EveryMinutes, Sun, Cron];

    /// <summary>Reads it strictly.</summary>
    /// <param name="fields">Of the request's body.</param>
    public static (ScheduleTiming Timing, ScheduleTask Task) Read(JsonFields fields)
    {
        fields.Know(Times, EveryMinutes, Sun, OffsetMinutes, Cron, Weekdays, Task, Count, Duration, Target);
        fields.Has(Task, "what is to be done, such as \"still\"", out _);
        var given = Rhythms.Where(fields.Present.ContainsKey).ToList();
        if (given.Count == 0)
        {
            fields.Has(Times, "one of the fields times, everyMinutes, sun and cron", out _);
        }

        foreach (var more in given.Skip(1))
        {
            fields.Complain(more, $"nothing, as there is {given[0]}");
        }

        if (given is not [Sun, ..])
        {
            fields.ComplainIfThere(OffsetMinutes, "nothing without sun");
        }

        if (given is [Cron, ..])
        {
            fields.ComplainIfThere(Weekdays, "nothing, as a cron expression has its own");
        }

        var usual = new ScheduleTask();
        var timing = new ScheduleTiming
        {
            Rhythm = given is [var first, ..] ? (ScheduleRhythm)Array.IndexOf(Rhythms, first) : default,
            Times = List(fields, Times, "times of the day, such as \"07:00\"", IsoTime.ReadTimeOfDay),
            EveryMinutes = fields.WholeNumber(EveryMinutes) ?? 0,
            Sun = fields.Choice<SunEvent>(Sun) ?? default,
            OffsetMinutes = fields.WholeNumber(OffsetMinutes) ?? 0,
            Cron = fields.Text(Cron) ?? "",
            Weekdays = List(fields, Weekdays, "days of the week, such as \"monday\"", Day),
        };
        var task = new ScheduleTask
        {
            Kind = fields.Choice<ScheduleTaskKind>(Task) ?? default,
            Count = fields.WholeNumber(Count) ?? usual.Count,
            Duration = fields.Number(Duration) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1e9)) : usual.Duration,
            Target = fields.Text(Target),
        };
        if (task.Kind != ScheduleTaskKind.Burst)
        {
            fields.ComplainIfThere(Count, "nothing but for a burst");
        }

        if (task.Kind != ScheduleTaskKind.Record)
        {
            fields.ComplainIfThere(Duration, "nothing but for a recording");
        }

        if (!task.HasTarget)
        {
            fields.ComplainIfThere(Target, "nothing but for a timeLapse, look, preset or tour");
        }

        fields.Refuse();
        return (timing, task);
    }

    private static IReadOnlyList<T> List<T>(JsonFields fields, string name, string allowed, Func<string, T?> read)
        where T : struct
    {
        if (!fields.Present.TryGetValue(name, out var list))
        {
            return [];
        }

        var items = list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? read(item.GetString()!) : null).ToList()
            : [null];
        if (items.Contains(null))
        {
            fields.Complain(name, allowed);
            return [];
        }

        return [.. items.Select(item => item!.Value).Distinct()];
    }

    private static DayOfWeek? Day(string text) =>
        Enum.GetValues<DayOfWeek>().Where(day => ControlValues.Spell($"{day}") == text).Select(day => (DayOfWeek?)day).FirstOrDefault();
}
