using Microsoft.Playwright;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Access;
using PiCam.Core.Recordings;
using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>What a recording of 1280×720 at 30 frames a second takes of this process, and whether two live pages notice. ffmpeg's own work is not counted.</summary>
internal static class RecordingScenario
{
    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        await using var chromium = new ChromiumFixture();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        await using var replayed = await SimulatedAsync(figures, browser, duration);
        await using var panel = await BenchmarkPanel.StartAsync(replayed.Camera);
        await ProcessorAsync(figures, panel, duration);

        // How many pictures a page shows of an MJPEG stream, the browser does not say.
        foreach (var kind in new[] { TransportKind.Base64, TransportKind.Binary })
        {
            await BesidePagesAsync(figures, "replayed camera", panel, browser, kind, duration);
        }
    }

    /// <returns>A camera that takes no more of the processor: the simulated one draws with what the pages need, a real one has hardware for that.</returns>
    private static async Task<ReplayedCamera> SimulatedAsync(Figures figures, IBrowser browser, TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        await BesidePagesAsync(figures, "simulated camera", panel, browser, TransportKind.Base64, duration);
        return await ReplayedCamera.OfAsync(panel);
    }

    private static async Task ProcessorAsync(Figures figures, BenchmarkPanel panel, TimeSpan duration)
    {
        // Nobody watches: what is more with a recording is the recording.
        var recorder = panel.Recorder;
        var idle = await Usage.DuringAsync(duration);
        foreach (var (name, format, isStamped) in new[] { ("H264", RecordingFormat.H264, false), ("H264, stamped", RecordingFormat.H264, true), ("Mjpeg", RecordingFormat.Mjpeg, false) })
        {
            await recorder.SetAsync(Caller.System, settings => settings with { Format = format, IsStamped = isStamped });
            recorder.Start(Caller.System);
            await Task.Delay(TimeSpan.FromSeconds(3));
            var before = recorder.State.Frames;
            var used = (await Usage.DuringAsync(duration)).Beyond(idle);
            var frames = recorder.State.Frames - before;
            await StopAsync(recorder);
            figures.Add(name, frames / used.Elapsed.TotalSeconds, "fps");
            figures.Add($"{name}, CPU beyond the camera", 100 * used.Cpu / used.Elapsed, "% of one core");
            figures.Add($"{name}, lost", recorder.State.Lost, "frames");
        }
    }

    private static async Task BesidePagesAsync(Figures figures, string camera, BenchmarkPanel panel, IBrowser browser, TransportKind kind, TimeSpan duration)
    {
        LivePage[] pages = [await panel.OpenPageAsync(browser, kind), await panel.OpenPageAsync(browser, kind)];
        await panel.Recorder.SetAsync(Caller.System, settings => settings with { Format = RecordingFormat.H264, IsStamped = false });
        var without = await RatesAsync(pages, duration);
        panel.Recorder.Start(Caller.System);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var with = await RatesAsync(pages, duration);
        await StopAsync(panel.Recorder);
        figures.Add($"two live pages by {kind}, {camera}: the slower one", without.Min(), "fps");
        figures.Add($"two live pages by {kind}, {camera}: the slower one beside a recording", with.Min(), "fps");
        figures.Add($"two live pages by {kind}, {camera}: lost by the recording", panel.Recorder.State.Lost, "frames");
        foreach (var page in pages)
        {
            await page.Page.Context.CloseAsync();
        }
    }

    private static async Task StopAsync(Recorder recorder)
    {
        recorder.Stop(Caller.System);
        await recorder.WhenIdleAsync(CancellationToken.None);
    }

    // Pictures that a page has shown, a second.
    private static async Task<double[]> RatesAsync(LivePage[] pages, TimeSpan duration)
    {
        foreach (var page in pages)
        {
            await page.Page.EvaluateAsync(
                """
                () => {
                  window.shown = 0;
                  window.counting?.disconnect();
                  window.counting = new MutationObserver(() => { window.shown++; });
                  window.counting.observe(document.querySelector('.live-image.shown'), { attributeFilter: ['data-sequence'] });
                }
                """);
        }

        await Task.Delay(duration);
        return await Task.WhenAll(pages.Select(async page => await page.Page.EvaluateAsync<double>("() => window.shown") / duration.TotalSeconds));
    }
}
