using System.Text.Json;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.Api;

/// <summary>What somebody wants of a time-lapse, as it comes by HTTP.</summary>
internal static class TimeLapseRequest
{
    private const string Name = "name";
    private const string Interval = "interval";
    private const string Aligned = "aligned";
    private const string Count = "count";
    private const string Until = "until";
    private const string Duration = "duration";
    private const string Window = "window";
    private const string Daylight = "daylight";
    private const string Look = "look";
    private const string Template = "template";
    private const string TakeOver = "takeOver";
    private const string Times = """{"from": "06:30", "to": "21:00"}""";

    private const double LongestDuration = 10 * 366 * 86_400.0;

    /// <summary>Reads it strictly.</summary>
    /// <param name="fields">Of the request's body.</param>
    /// <param name="clock">The panel's, with its zone.</param>
    public static (TimeLapsePlan Plan, bool TakeOver) Read(JsonFields fields, TimeProvider clock)
    {
        var (now, zone) = (clock.GetLocalNow(), clock.LocalTimeZone);
        fields.Know(Name, Interval, Aligned, Count, Until, Duration, Window, Daylight, Look, StillFields.Size, StillFields.Quality, Template, TakeOver);
        fields.Has(Interval, "0.5 to 86400 seconds", out _);
        var still = StillFields.Read(fields);
        var plan = new TimeLapsePlan
        {
            Name = fields.Text(Name) ?? "time-lapse",
            Interval = TimeSpan.FromSeconds(Math.Clamp(fields.Number(Interval) ?? 1, -1, 1e9)),
            IsAligned = fields.Boolean(Aligned, absent: false),
            Count = fields.WholeNumber(Count),
            Until = Time(fields, zone) ?? (Span(fields) is { } span ? now + span : null),
            Window = Hours(fields),
            ByDaylight = fields.Boolean(Daylight, absent: false),
            Look = fields.Choice<TimeLapseLook>(Look) ?? TimeLapseLook.Automatic,
            Size = still.Size,
            Template = fields.Text(Template) ?? TimeLapsePlan.UsualTemplate,
        };
        if (fields.Present.ContainsKey(StillFields.Quality))
        {
            plan = plan with { Quality = still.Quality };
        }

        var takeOver = fields.Boolean(TakeOver, absent: false);
        fields.Refuse();
        return (plan, takeOver);
    }

    private static DateTimeOffset? Time(JsonFields fields, TimeZoneInfo zone)
    {
        if (fields.Text(Until) is not { } text)
        {
            return null;
        }

        if (IsoTime.Read(text, zone) is { } time)
        {
            return time;
        }

        fields.Complain(Until, "a time such as \"2026-12-24T18:00:00+01:00\"");
        return null;
    }

    private static TimeSpan? Span(JsonFields fields)
    {
        if (fields.Number(Duration) is not { } seconds)
        {
            return null;
        }

        if (seconds is > 0 and <= LongestDuration && fields.Text(Until) is null)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        fields.Complain(Duration, "seconds above 0, and not together with until");
        return null;
    }

    private static DailyWindow? Hours(JsonFields fields)
    {
        if (!fields.Present.TryGetValue(Window, out var window) || window.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (Clock("from") is { } from && Clock("to") is { } to)
        {
            return new DailyWindow(from, to);
        }

        fields.Complain(Window, Times);
        return null;

        TimeOnly? Clock(string name) => window.ValueKind == JsonValueKind.Object
            && window.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? IsoTime.ReadTimeOfDay(text.GetString())
            : null;
    }
}
