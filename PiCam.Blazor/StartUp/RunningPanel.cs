namespace PiCam.Blazor.StartUp;

/// <summary>Which PiCam this is, and for how long it has run.</summary>
/// <param name="time">A monotonic clock: a Pi without a clock chip jumps by years when NTP answers.</param>
public sealed class RunningPanel(TimeProvider time)
{
    private readonly long started = time.GetTimestamp();

    /// <summary>Three numbers, such as "1.0.0".</summary>
    public static string Version { get; } = typeof(RunningPanel).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Since the panel was built.</summary>
    public TimeSpan Uptime => time.GetElapsedTime(started);
}
