namespace PiCam.Tests.Fixtures;

/// <summary>How often the heavy tests repeat themselves.</summary>
public static class LongRun
{
    /// <summary>Whether <c>./test --long</c> runs.</summary>
    public static bool Asked { get; } = Environment.GetEnvironmentVariable("PICAM_TEST_LONG") == "1";

    /// <summary>How often a program is killed, which takes seconds each time.</summary>
    public static int Kills => Asked ? 50 : 4;

    /// <summary><paramref name="full"/> in a long run, else 10.</summary>
    public static int Count(int full) => Asked ? full : 10;
}
