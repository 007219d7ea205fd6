using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>
/// Each transport with one and two browsers: displayed fps, the server's work and bytes per displayed frame, a click's way
/// there and back; and how fast the status answers while three pages are open.
/// </summary>
internal static class TransportScenario
{
    public static async Task RunAsync(TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        await using var chromium = new ChromiumFixture();
        using var sent = new SentBytes();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        var idle = await Usage.DuringAsync(duration);
        Console.WriteLine("transport  browsers  fps displayed   ms CPU/frame   KB sent/frame   KB allocated/frame   click ms p50");
        foreach (var kind in Enum.GetValues<TransportKind>().Where(kind => kind != TransportKind.Auto))
        {
            var pages = new List<LivePage>();
            for (var browsers = 1; browsers <= 2; browsers++)
            {
                pages.Add(await OpenAsync(panel, browser, kind));
                Console.WriteLine(await MeasureAsync(kind, pages, sent, idle, duration));
            }

            await CloseAsync(pages);
        }

        foreach (var kind in Enum.GetValues<TransportKind>().Where(kind => kind != TransportKind.Auto))
        {
            var pages = new List<LivePage>();
            for (var i = 0; i < 3; i++)
            {
                pages.Add(await OpenAsync(panel, browser, kind));
            }

            var times = await StatusAsync(panel);
            Console.WriteLine(FormattableString.Invariant(
                $"/api/status with three pages open, {kind}: {times[times.Length / 2]:0.0} ms (median of {times.Length}; up to {times[^1]:0.0})"));
            await CloseAsync(pages);
        }
    }

    private static async Task<string> MeasureAsync(
        TransportKind kind, List<LivePage> pages, SentBytes sent, Usage idle, TimeSpan duration)
    {
        await Task.WhenAll(pages.Select(p => p.Page.EvaluateAsync("() => { window.shown = 0; }")));
        var bytes = sent.Total;
        var usage = await Usage.DuringAsync(duration);
        bytes = sent.Total - bytes;
        var shown = await Task.WhenAll(pages.Select(p => p.Page.EvaluateAsync<int>("() => window.shown")));
        var frames = (double)shown.Sum();
        if (frames == 0)
        {
            return $"{kind,-10} {pages.Count,8}  no frames";
        }

        var beyond = usage.Beyond(idle);
        var fps = string.Join(" and ", shown.Select(s => FormattableString.Invariant($"{s / usage.Elapsed.TotalSeconds:0.0}")));
        var clicks = await ClicksAsync(pages[0]);
        return FormattableString.Invariant(
            $"{kind,-10} {pages.Count,8}  {fps,13}  {beyond.Cpu.TotalMilliseconds / frames,13:0.00}  {bytes / frames / 1024,14:0}  {beyond.Allocated / frames / 1024,19:0}  {clicks[clicks.Length / 2],13:0}");
    }

    private static async Task<LivePage> OpenAsync(BenchmarkPanel panel, IBrowser browser, TransportKind kind)
    {
        var page = await panel.OpenPageAsync(browser, kind);
        await CountAsync(page);
        return page;
    }

    /// <summary>Counts in <c>window.shown</c> how many pictures a person sees.</summary>
    public static async Task CountAsync(LivePage page)
    {
        // The same eyes for every transport: a spot of the shown element, whose noise differs from frame to frame.
        await page.Page.EvaluateAsync(
            """
            () => {
              const pen = new OffscreenCanvas(48, 48).getContext('2d', { willReadFrequently: true });
              let last = '';
              window.shown = 0;
              const look = () => {
                const picture = document.querySelector('.live-image.shown');
                const [width, height] = [picture.naturalWidth ?? picture.videoWidth ?? picture.width, picture.naturalHeight ?? picture.videoHeight ?? picture.height];
                if (width && height) {
                  pen.drawImage(picture, width / 2 - 24, height / 2 - 24, 48, 48, 0, 0, 48, 48);
                  const now = pen.getImageData(0, 0, 48, 48).data.join();
                  if (now !== last) window.shown++;
                  last = now;
                }
                requestAnimationFrame(look);
              };
              look();
            }
            """);

        // The first seconds are the compiler's.
        await page.Page.WaitForFunctionAsync("() => window.shown > 150", null, new() { Timeout = 120_000 });
    }

    private static async Task CloseAsync(List<LivePage> pages)
    {
        foreach (var page in pages)
        {
            await page.Page.Context.CloseAsync();
        }
    }

    // From the click to the change that the server made to the page.
    public static async Task<double[]> ClicksAsync(LivePage page) => await page.Page.EvaluateAsync<double[]>(
        """
        async () => {
          const button = document.querySelector('.panel-button[aria-keyshortcuts=P]');
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

    private static async Task<double[]> StatusAsync(BenchmarkPanel panel)
    {
        using var http = new HttpClient { BaseAddress = new Uri(panel.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", panel.Token);
        var times = new double[101];
        for (var i = -5; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var response = await http.GetAsync(new Uri("/api/status", UriKind.Relative));
            response.EnsureSuccessStatusCode();
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }

            await Task.Delay(50);
        }

        return [.. times.Order()];
    }
}
