using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>What the instruments take of a page's own thread, all of them on, per picture of 1280×720; and whether the server notices.</summary>
internal static class InstrumentsScenario
{
    // The simulated camera's. A page does not look at each: a stream does not tell of them, and nobody reads a histogram thirty times a second.
    private const int FramesPerSecond = 30;

    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        await using var chromium = new ChromiumFixture();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        foreach (var kind in Enum.GetValues<TransportKind>().Where(kind => kind != TransportKind.Auto))
        {
            var page = await panel.OpenPageAsync(browser, kind);
            await page.Page.Locator("[data-instrument=Mute]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });

            // The instruments' own work for one picture, and nothing else, is the frame callback of this name.
            await page.Page.EvaluateAsync(
                """
                () => {
                  window.times = [];
                  const request = window.requestAnimationFrame.bind(window);
                  window.requestAnimationFrame = callback => request(callback.name !== 'look' ? callback : now => {
                    const started = performance.now();
                    callback(now);
                    window.times.push(performance.now() - started);
                  });
                }
                """);
            await Task.Delay(TimeSpan.FromSeconds(5));
            var off = await Usage.DuringAsync(duration);
            foreach (var key in "hzfge")
            {
                await page.Page.Keyboard.PressAsync(key.ToString());
            }

            await page.Page.WaitForFunctionAsync("() => window.times.length > 50", null, new() { Timeout = 120_000 });
            await page.Page.EvaluateAsync("() => { window.times = []; }");
            var on = await Usage.DuringAsync(duration);
            var times = await page.Page.EvaluateAsync<double[]>("() => window.times");
            figures.Add($"{kind}: looks", times.Length / on.Elapsed.TotalSeconds, "a second");
            figures.Add($"{kind}: a look", times, "ms");
            figures.Add($"{kind}: all looks, per frame of the stream", times.Sum() / (on.Elapsed.TotalSeconds * FramesPerSecond), "ms");
            figures.Add($"{kind}: server CPU more than without", PerSecond(on) - PerSecond(off), "ms a second");
            await page.Page.Context.CloseAsync();
        }
    }

    private static double PerSecond(Usage usage) => usage.Cpu.TotalMilliseconds / usage.Elapsed.TotalSeconds;
}
