namespace PiCam.Blazor.Profile;

/// <summary>What a browser calls itself, in two words: enough to know one's own phone by.</summary>
internal static class BrowserName
{
    // In this order: all claim to be Safari, and most to be Chrome.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("MicroMessenger", "WeChat"), ("HuaweiBrowser", "Huawei Browser"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Android", "Android"), ("OpenHarmony", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Null where it is none of those known.</summary>
    public static (string? Browser, string? System) Of(string? userAgent) => (Find(Browsers, userAgent), Find(Systems, userAgent));

    private static string? Find((string Mark, string Name)[] known, string? text) =>
        known.FirstOrDefault(one => text?.Contains(one.Mark, StringComparison.Ordinal) == true).Name;
}
