namespace PiCam.Core.Clocks;

/// <summary>The clock on the wall beside the one that nobody sets.</summary>
public static class ClockExtensions
{
    /// <summary>What the clock on the wall says beside what passes, from an arbitrary beginning: it changes when somebody sets the clock, by as much.</summary>
    public static TimeSpan ClockOffset(this TimeProvider time) => time.GetUtcNow() - DateTimeOffset.UnixEpoch - time.GetElapsedTime(0);
}
