using System.Globalization;

namespace PiCam.Blazor.Api;

/// <summary>Times as they come by HTTP.</summary>
internal static class IsoTime
{
    private static readonly string[] Patterns = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd' 'HH:mmK", "yyyy-MM-ddK"];

    /// <summary>Reads a time of the day such as 07:00 or 07:00:30.</summary>
    /// <returns>Null: it is none.</returns>
    public static TimeOnly? ReadTimeOfDay(string? text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>Reads a time such as 2026-11-23T08:00:00+01:00.</summary>
    /// <param name="text">Without an offset it is the zone's.</param>
    /// <param name="zone">The panel's, not that of whatever machine formats this.</param>
    /// <returns>Null: it is none.</returns>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(text, Patterns, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var plain)
            || !DateTimeOffset.TryParseExact(text, Patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return null;
        }

        return plain.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(plain, zone.GetUtcOffset(plain)) : at;
    }
}
