namespace PiCam.Benchmarks;

/// <summary>What the simulated camera takes by itself: the panel without viewers.</summary>
internal static class RenderScenario
{
    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        var before = panel.Session.Frames.Latest!.Sequence;
        var usage = await Usage.DuringAsync(duration);
        var frames = panel.Session.Frames.Latest!.Sequence - before;
        figures.Add("drawn and encoded", frames / usage.Elapsed.TotalSeconds, "fps");
        figures.Add("CPU per frame", usage.Cpu.TotalMilliseconds / frames, "ms");
        figures.Add("CPU", 100 * usage.Cpu / usage.Elapsed, "% of one core");
    }
}
