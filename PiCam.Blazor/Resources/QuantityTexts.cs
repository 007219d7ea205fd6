using System.Globalization;
using Microsoft.Extensions.Localization;

namespace PiCam.Blazor.Resources;

/// <summary>Says quantities the way people do: two figures' worth, with their unit.</summary>
public static class QuantityTexts
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Bytes in steps of 1000, such as "3.8 GB" or "120 MB".</summary>
    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (Math.Abs(value) >= 999.5 && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1000, unit + 1);
        }

        return value.ToString(unit > 0 && value < 9.95 ? "0.0" : "0", CultureInfo.CurrentCulture) + " " + Units[unit];
    }

    /// <summary>How many, in groups of three, such as "12,345".</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A time of the day by 24 hours, such as "07:00", with seconds where there are some.</summary>
    public static string TimeOfDay(TimeOnly time) => time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A day and a time of it, in the zone where the camera is.</summary>
    public static string DateAndTime(DateTimeOffset at, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("g", CultureInfo.CurrentCulture);
    }

    /// <summary>A time span by its two largest units, such as "3 d 4 h" or "12 min".</summary>
    public static string Say(this IStringLocalizer<Texts> texts, TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return span switch
        {
            { TotalDays: >= 1 } => texts["DurationDays", span.Days, span.Hours],
            { TotalHours: >= 1 } => texts["DurationHours", span.Hours, span.Minutes],
            { TotalMinutes: >= 1 } => texts["DurationMinutes", span.Minutes],
            _ => texts["DurationSeconds", span.Seconds],
        };
    }

    /// <summary>A time span with nothing left away down to a tenth of a second, such as "5 min", "1 min 30 s" or "24 h".</summary>
    public static string SayExactly(this IStringLocalizer<Texts> texts, TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var (hours, seconds) = ((int)span.TotalHours, Math.Round(span.Seconds + (span.Milliseconds / 1000.0), 1));
        List<string> parts = [];
        if (hours > 0)
        {
            parts.Add(texts["DurationWholeHours", hours]);
        }

        if (span.Minutes > 0)
        {
            parts.Add(texts["DurationMinutes", span.Minutes]);
        }

        if (seconds > 0 || parts.Count == 0)
        {
            parts.Add(texts["DurationSeconds", seconds.ToString("0.#", CultureInfo.CurrentCulture)]);
        }

        return string.Join(' ', parts);
    }
}
