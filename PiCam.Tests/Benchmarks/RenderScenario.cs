namespace PiCam.Benchmarks;

/// <summary>What the simulated camera takes by itself: the panel without viewers.</summary>
internal static class RenderScenario
{
    public static async Task RunAsync(TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        var before = panel.Session.Frames.Latest!.Sequence;
        var usage = await Usage.DuringAsync(duration);
        var frames = panel.Session.Frames.Latest!.Sequence - before;
        Console.WriteLine(FormattableString.Invariant(
            $"simulated camera, encoding, nothing sent: {frames / usage.Elapsed.TotalSeconds:0.0} fps, {usage.Cpu.TotalMilliseconds / frames:0.0} ms CPU per frame ({100 * usage.Cpu / usage.Elapsed:0} % of one core)"));
    }
}
