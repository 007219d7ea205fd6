using System.Globalization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live.Looks;
using PiCam.Blazor.Resources;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Schedules;

namespace PiCam.Blazor.Schedules;

/// <summary>Says in a sentence what a schedule's entry does, and when.</summary>
internal static class ScheduleTexts
{
    private static readonly DayOfWeek[] Working = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    private static readonly DayOfWeek[] Free = [DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The days of a week, as it begins for most people.</summary>
    public static IReadOnlyList<DayOfWeek> Week { get; } = [.. Working, .. Free];

    /// <summary>For example "On weekdays at 07:00 and 19:30: take a photo."</summary>
    /// <param name="texts">In the person's language.</param>
    /// <param name="work">Knows what things are called.</param>
    /// <param name="timing">When.</param>
    /// <param name="task">What.</param>
    public static string Sentence(this IStringLocalizer<Texts> texts, IScheduleWork work, ScheduleTiming timing, ScheduleTask task)
    {
        var sentence = texts["ScheduleSentence", When(texts, timing), Does(texts, work, task)].Value;
        return char.ToUpper(sentence[0], CultureInfo.CurrentCulture) + sentence[1..];
    }

    /// <summary>What happens, such as "take a photo".</summary>
    public static string Does(this IStringLocalizer<Texts> texts, IScheduleWork work, ScheduleTask task) => texts["ScheduleDoes." + task.Kind, task.Kind switch
    {
        ScheduleTaskKind.Burst => task.Count.ToString(CultureInfo.CurrentCulture),
        ScheduleTaskKind.Record => texts.SayExactly(task.Duration),
        _ => texts.Targets(work, task.Kind).Where(target => target.Id == task.Target).Select(target => target.Name).FirstOrDefault() ?? texts["ScheduleGone"].Value,
    }];

    /// <summary>What an entry may be about, each by its id and what it is called.</summary>
    public static IReadOnlyList<(string Id, string Name)> Targets(this IStringLocalizer<Texts> texts, IScheduleWork work, ScheduleTaskKind kind) => kind == ScheduleTaskKind.Look
        ? [.. work.Targets(kind).Select(target => (target.Id, Look.BuiltIn.FirstOrDefault(look => look.Id == target.Id) is { } look ? texts.Name(look) : target.Name))]
        : work.Targets(kind);

    /// <summary>Today, tomorrow or the date, and the time.</summary>
    /// <param name="texts">In the person's language.</param>
    /// <param name="at">In the panel's zone.</param>
    /// <param name="now">In the panel's zone.</param>
    public static string At(this IStringLocalizer<Texts> texts, DateTimeOffset at, DateTimeOffset now)
    {
        var time = QuantityTexts.TimeOfDay(TimeOnly.FromDateTime(at.DateTime));
        var days = (at.Date - now.Date).Days;
        return days switch
        {
            0 => texts["ScheduleToday", time],
            1 => texts["ScheduleTomorrow", time],
            -1 => texts["ScheduleYesterday", time],
            > 1 and < 7 => $"{at.ToString("dddd", CultureInfo.CurrentCulture)} {time}",
            _ => $"{at.ToString(at.Year == now.Year ? "m" : "d", CultureInfo.CurrentCulture)} {time}",
        };
    }

    private static string When(IStringLocalizer<Texts> texts, ScheduleTiming timing) => timing.Rhythm switch
    {
        ScheduleRhythm.Times => texts["ScheduleAt", Days(texts, timing), List(texts, timing.Times.Order().Select(QuantityTexts.TimeOfDay))],
        ScheduleRhythm.Every when timing.Weekdays.Count == 0 => Every(texts, timing.EveryMinutes),
        ScheduleRhythm.Every => texts["ScheduleEveryOn", Days(texts, timing), Every(texts, timing.EveryMinutes)],
        ScheduleRhythm.Sun => texts[
            timing.OffsetMinutes switch { < 0 => "ScheduleSunBefore", 0 => "ScheduleSun", _ => "ScheduleSunAfter" },
            Days(texts, timing),
            texts["SunEvent." + timing.Sun].Value,
            texts.SayExactly(TimeSpan.FromMinutes(Math.Abs(timing.OffsetMinutes)))],
        _ => texts["ScheduleCron", timing.Cron],
    };

    private static string Every(IStringLocalizer<Texts> texts, int minutes) => minutes switch
    {
        1 => texts["ScheduleEveryMinute"],
        60 => texts["ScheduleEveryHour"],
        _ => texts["ScheduleEvery", minutes % 60 == 0 ? texts["ScheduleHours", minutes / 60].Value : texts["ScheduleMinutes", minutes].Value],
    };

    private static string Days(IStringLocalizer<Texts> texts, ScheduleTiming timing) => timing.Weekdays.Distinct().ToList() switch
    {
        { Count: 0 or 7 } => texts["ScheduleDaily"],
        { Count: 5 } five when five.All(Working.Contains) => texts["ScheduleWorkdays"],
        { Count: 2 } two when two.All(Free.Contains) => texts["ScheduleWeekend"],
        var days => texts["ScheduleOn", List(texts, Week.Where(days.Contains).Select(DayName))],
    };

    private static string DayName(DayOfWeek day) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh"
        ? CultureInfo.CurrentUICulture.DateTimeFormat.GetAbbreviatedDayName(day)
        : CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day);

    private static string List(IStringLocalizer<Texts> texts, IEnumerable<string> parts)
    {
        var all = parts.ToList();
        return all.Count < 2 ? string.Concat(all) : texts["ScheduleAnd", string.Join(texts["ScheduleComma"], all.SkipLast(1)), all[^1]];
    }
}
