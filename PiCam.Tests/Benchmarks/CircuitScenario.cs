using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>Live pages that speak the circuit's protocol without a browser: what the panel takes for each picture over the circuit, and whether eight get all of them.</summary>
internal static class CircuitScenario
{
    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        await using var camera = new ReplayedCamera(NumberedPictures.Paint(30, MjpegScenario.PictureBytes));
        await using var panel = await BenchmarkPanel.StartAsync(camera.Camera);
        using var person = new FormClient(new Uri(panel.Address));
        await person.SignInAsync(BenchmarkPanel.User, BenchmarkPanel.Password);
        var idle = default(Usage);

        // The compiler's work comes first.
        await MeasureAsync(8, TimeSpan.FromSeconds(10));
        await Task.Delay(TimeSpan.FromSeconds(10));
        idle = await Usage.DuringAsync(duration);
        foreach (var count in new[] { 1, 8 })
        {
            var (cpu, allocated, slowest) = await MeasureAsync(count, duration);
            var pages = count == 1 ? "1 page" : $"{count} pages";
            figures.Add($"{pages}: server CPU per picture acknowledged", cpu, "µs");
            figures.Add($"{pages}: allocated per picture acknowledged", allocated / 1024, "KB");
            figures.Add($"{pages}: the slowest one gets", slowest, "fps", atLeast: 29);
        }

        async Task<(double Cpu, double Allocated, double Slowest)> MeasureAsync(int count, TimeSpan span)
        {
            await using var pages = ReaderProcesses.Pages(panel.Address, Enumerable.Repeat(person.CookieHeader, count));
            await pages.StartedAsync(least: 30);
            return await pages.DuringAsync(span, idle, each: 1);
        }
    }
}
