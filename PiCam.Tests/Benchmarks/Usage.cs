using System.Diagnostics;

namespace PiCam.Benchmarks;

/// <summary>What this process used between two moments.</summary>
internal readonly record struct Usage(TimeSpan Elapsed, TimeSpan Cpu, long Allocated)
{
    /// <summary>Waits for <paramref name="duration"/> and reads what was used meanwhile.</summary>
    public static async Task<Usage> DuringAsync(TimeSpan duration)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, allocated, started) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await Task.Delay(duration);
        process.Refresh();
        return new Usage(
            Stopwatch.GetElapsedTime(started), process.TotalProcessorTime - cpu, GC.GetTotalAllocatedBytes() - allocated);
    }

    /// <summary>What this took beyond <paramref name="idle"/>, which was measured over about the same time.</summary>
    public Usage Beyond(Usage idle)
    {
        var scale = Elapsed / idle.Elapsed;
        return new Usage(Elapsed, Cpu - (idle.Cpu * scale), Allocated - (long)(idle.Allocated * scale));
    }

    public string PerFrame(double frames) => frames < 1
        ? "no frames"
        : FormattableString.Invariant($"{Cpu.TotalMicroseconds / frames,6:0} µs CPU and {Allocated / frames / 1024,5:0} KB allocated per frame beyond the camera");
}
