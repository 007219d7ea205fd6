using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>What pages are looked at on: width, height, theme and locale.</summary>
public static class Screens
{
    /// <summary>Wide and narrow, both themes and both languages; in a long run more of their pairs, and the size of most phones.</summary>
    public static TheoryData<int, int, string, string> All =>
    [
        (1440, 900, "light", "zh-CN"),
        (360, 740, "dark", "en-GB"),
        .. LongRun.Asked ? Others : [],
    ];

    private static (int Width, int Height, string Theme, string Locale)[] Others =>
        [(1440, 900, "dark", "en-GB"), (390, 844, "dark", "zh-CN"), (390, 844, "light", "en-GB"), (360, 740, "dark", "zh-CN")];
}
