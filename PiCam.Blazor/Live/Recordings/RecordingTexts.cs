using System.Globalization;

namespace PiCam.Blazor.Live.Recordings;

/// <summary>How a recording's figures are said.</summary>
internal static class RecordingTexts
{
    /// <summary>Hours, minutes and seconds, such as "0:07" or "1:02:03".</summary>
    public static string Clock(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}:{span.Seconds:00}");
}
