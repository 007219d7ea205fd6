using System.Diagnostics;
using PiCam.Tests.Browser;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>From the start of the program to the first frame in a browser that is signed in already.</summary>
internal static class StartScenario
{
    public static async Task RunAsync(Figures figures)
    {
        await using var panel = await PanelProcess.StartAsync(CancellationToken.None);
        await using var chromium = new ChromiumFixture();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        var context = await browser.NewContextAsync(new() { Locale = "en-GB" });
        var page = new LivePage(await context.NewPageAsync());
        var address = $"http://127.0.0.1:{panel.Endpoint.Port}/";
        await page.Page.GotoAsync(address);
        await page.SetUpAsync(await panel.SetupCodeAsync(CancellationToken.None), BenchmarkPanel.User, BenchmarkPanel.Password);
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            await panel.KillAsync();
            await page.Page.GotoAsync("about:blank");
            var started = Stopwatch.GetTimestamp();
            await panel.StartAgainAsync(CancellationToken.None);
            await page.Page.GotoAsync(address, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.DOMContentLoaded });
            await page.PictureAsync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        figures.Add("start to first frame", times, "s");
    }
}
