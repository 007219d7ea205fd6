using System.Diagnostics;

namespace PiCam.Benchmarks;

/// <summary>What this process used between two moments.</summary>
internal readonly record struct Usage(TimeSpan Elapsed, TimeSpan Cpu, long Allocated)
{
    /// <summary>Waits for <paramref name="duration"/> and reads what was used meanwhile.</summary>
    public static async Task<Usage> DuringAsync(TimeSpan duration)
    {
        // To the microsecond; what the process itself is asked for comes in hundredths of a second.
        var (cpu, allocated, started) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        await Task.Delay(duration);
        return new Usage(
            Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    /// <summary>What this took beyond <paramref name="idle"/>, which was measured over about the same time.</summary>
    public Usage Beyond(Usage idle)
    {
        if (idle.Elapsed == TimeSpan.Zero)
        {
            return this;
        }

        var scale = Elapsed / idle.Elapsed;
        return new Usage(Elapsed, Cpu - (idle.Cpu * scale), Allocated - (long)(idle.Allocated * scale));
    }
}
