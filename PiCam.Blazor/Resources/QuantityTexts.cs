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
}
