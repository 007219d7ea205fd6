using System.Globalization;

namespace PiCam.Blazor.Users;

/// <summary>Says a time in the zone where the camera is, in the person's language.</summary>
internal static class LinkTime
{
    public static string Say(DateTimeOffset at, TimeProvider time) =>
        TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("g", CultureInfo.CurrentCulture);
}
