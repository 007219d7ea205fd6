using PiCam.Blazor.Live.Transports;
using PiCam.Core.Access;
using PiCam.Core.Recordings;
using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>What a recording of 1280×720 at 30 frames a second takes of this process, and whether two live pages notice. ffmpeg's own work is not counted.</summary>
internal static class RecordingScenario
{
    public static async Task RunAsync(TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        var recorder = panel.Recorder;

        // Nobody watches: what is more with a recording is the recording.
        var idle = await Usage.DuringAsync(duration);
        Console.WriteLine("recording    % of a core beyond the camera   frames  lost");
        foreach (var format in Enum.GetValues<RecordingFormat>())
        {
            await recorder.SetAsync(Caller.System, settings => settings with { Format = format });
            recorder.Start(Caller.System);
            await Task.Delay(TimeSpan.FromSeconds(3));
            var before = recorder.State.Frames;
            var used = (await Usage.DuringAsync(duration)).Beyond(idle);
            var frames = recorder.State.Frames - before;
            await StopAsync(recorder);
            Console.WriteLine(FormattableString.Invariant(
                $"{format,-9}    {100 * used.Cpu / used.Elapsed,29:0.0}   {frames,6}  {recorder.State.Lost,4}"));
        }

        await using var chromium = new ChromiumFixture();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        LivePage[] pages = [await panel.OpenPageAsync(browser, TransportKind.Base64), await panel.OpenPageAsync(browser, TransportKind.Base64)];
        await recorder.SetAsync(Caller.System, settings => settings with { Format = RecordingFormat.H264 });
        var without = await RatesAsync(pages, duration);
        recorder.Start(Caller.System);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var with = await RatesAsync(pages, duration);
        await StopAsync(recorder);
        Console.WriteLine(FormattableString.Invariant(
            $"two live pages beside it: {without[0]:0.0} and {without[1]:0.0} fps without, {with[0]:0.0} and {with[1]:0.0} fps with a recording; lost {recorder.State.Lost}"));
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
