using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>What the instruments take of a page's own thread, all of them on, per picture of 1280×720; and whether the server notices.</summary>
internal static class InstrumentsScenario
{
    // The simulated camera's. A page does not look at each: a stream does not tell of them, and nobody reads a histogram thirty times a second.
    private const int FramesPerSecond = 30;

    public static async Task RunAsync(TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        await using var chromium = new ChromiumFixture();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        Console.WriteLine("instruments  transport  looks/s   ms per frame of the stream, per look: median    p95   server ms CPU/s off     on");
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
            var times = await page.Page.EvaluateAsync<double[]>("() => window.times.sort((a, b) => a - b)");
            Console.WriteLine(FormattableString.Invariant(
                $"all on       {kind,-9}  {times.Length / on.Elapsed.TotalSeconds,7:0.0}   {times.Sum() / (on.Elapsed.TotalSeconds * FramesPerSecond),26:0.00}  {times[times.Length / 2],17:0.00}  {times[times.Length * 95 / 100],5:0.00}   {PerSecond(off),19:0}  {PerSecond(on),5:0}"));
            await page.Page.Context.CloseAsync();
        }
    }

    private static double PerSecond(Usage usage) => usage.Cpu.TotalMilliseconds / usage.Elapsed.TotalSeconds;
}
