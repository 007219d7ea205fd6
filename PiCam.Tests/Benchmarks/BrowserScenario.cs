using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>One and two browsers on the live page: displayed fps, the server's work per delivered frame, and a click's way there and back.</summary>
internal static class BrowserScenario
{
    public static async Task RunAsync(TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        await using var chromium = new ChromiumFixture();
        var idle = await Usage.DuringAsync(duration);
        var pages = new List<LivePage>();
        for (var browsers = 1; browsers <= 2; browsers++)
        {
            pages.Add(await OpenAsync(panel, await chromium.BrowserAsync(CancellationToken.None)));
            await Task.WhenAll(pages.Select(p => p.Page.EvaluateAsync(
                "() => { window.shown = 0; document.querySelector('img.live-image').onload = () => window.shown++; }")));
            var usage = await Usage.DuringAsync(duration);
            var shown = new List<double>();
            foreach (var page in pages)
            {
                shown.Add(await page.Page.EvaluateAsync<int>("() => window.shown"));
            }

            var clicks = await ClicksAsync(pages[0]);
            Console.WriteLine(FormattableString.Invariant(
                $"{browsers} browser(s): {string.Join(" and ", shown.Select(s => FormattableString.Invariant($"{s / usage.Elapsed.TotalSeconds:0.0}")))} fps displayed, {usage.Beyond(idle).PerFrame(shown.Sum())}, click {clicks[clicks.Length / 2]:0} ms (median of {clicks.Length})"));
        }
    }

    private static async Task<LivePage> OpenAsync(BenchmarkPanel panel, Microsoft.Playwright.IBrowser browser)
    {
        var context = await browser.NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = new LivePage(await context.NewPageAsync());
        await page.Page.GotoAsync(panel.Address);
        await page.SignInAsync(BenchmarkPanel.User, BenchmarkPanel.Password);

        // The first seconds are the compiler's.
        await page.NewFramesAsync(await page.SequenceAsync() + 150);
        return page;
    }

    // From the click to the change that the server made to the page.
    private static async Task<double[]> ClicksAsync(LivePage page) => await page.Page.EvaluateAsync<double[]>(
        """
        async () => {
          const button = document.querySelector('.panel-button');
          const times = [];
          for (let i = 0; i < 21; i++) {
            const started = performance.now();
            const changed = new Promise(done => {
              const observer = new MutationObserver(() => { observer.disconnect(); done(); });
              observer.observe(button, { attributeFilter: ['aria-expanded'] });
            });
            button.click();
            await changed;
            times.push(performance.now() - started);
            await new Promise(done => setTimeout(done, 100 + 60 * Math.random()));
          }
          return times.sort((a, b) => a - b);
        }
        """);
}
