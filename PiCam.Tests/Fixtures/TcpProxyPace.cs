using System.Diagnostics;

namespace PiCam.Tests.Fixtures;

/// <summary>Spreads bytes over time, for one connection or for all that share a link.</summary>
internal sealed class TcpProxyPace
{
    private readonly Lock gate = new();
    private long free = Stopwatch.GetTimestamp();

    /// <summary>When these bytes may go, as <see cref="Stopwatch.GetTimestamp"/> counts: after all those before.</summary>
    public long Reserve(int bytes, int bytesPerSecond)
    {
        lock (gate)
        {
            // What was not used is lost, but for the twentieth of a second that a timer may be late.
            var start = Math.Max(free, Stopwatch.GetTimestamp() - (Stopwatch.Frequency / 20));
            free = start + (long)((double)bytes / bytesPerSecond * Stopwatch.Frequency);
            return start;
        }
    }
}
