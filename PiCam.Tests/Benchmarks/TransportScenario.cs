using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>
/// Each transport with one and two browsers: displayed fps, the time from the sensor to the pixel, the server's work and bytes per displayed
/// frame, a click's way there and back; and how fast the status answers while three pages are open.
/// </summary>
internal static class TransportScenario
{
    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        await using var camera = new ReplayedCamera(NumberedPictures.Paint(1 << NumberedPictures.Bits, 90_000));
        await using var panel = await BenchmarkPanel.StartAsync(camera.Camera);
        await using var chromium = new ChromiumFixture();
        using var sent = new SentBytes();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(10));
        var idle = await Usage.DuringAsync(duration);
        foreach (var kind in Enum.GetValues<TransportKind>().Where(kind => kind != TransportKind.Auto))
        {
            var pages = new List<LivePage>();
            for (var browsers = 1; browsers <= 2; browsers++)
            {
                pages.Add(await OpenAsync(panel, browser, kind));
                await MeasureAsync(figures, camera, kind, pages, sent, idle, duration);
            }

            if (kind == TransportKind.H264)
            {
                await JoinAsync(figures, pages[0]);
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

            figures.Add($"/api/status with three pages by {kind}", await StatusAsync(panel), "ms");
            await CloseAsync(pages);
        }
    }

    private static async Task MeasureAsync(
        Figures figures, ReplayedCamera camera, TransportKind kind, List<LivePage> pages, SentBytes sent, Usage idle, TimeSpan duration)
    {
        var name = pages.Count == 1 ? $"{kind}" : $"{kind}, {pages.Count} browsers";

        await Task.WhenAll(pages.Select(p => p.Page.EvaluateAsync("() => { window.seen = []; }")));
        var bytes = sent.Total;
        var usage = await Usage.DuringAsync(duration);
        bytes = sent.Total - bytes;
        var seen = await Task.WhenAll(pages.Select(p => p.Page.EvaluateAsync<double[][]>("() => window.seen")));
        var frames = (double)seen.Sum(page => page.Length);
        figures.Add($"{name}: displayed by the slower", seen.Min(page => page.Length) / usage.Elapsed.TotalSeconds, "fps", atLeast: pages.Count == 1 ? 29 : null);
        if (frames == 0)
        {
            return;
        }

        figures.Add($"{name}: sensor to pixel", seen.SelectMany(page => page).Select(look => look[1] - camera.SentAt((int)look[0], look[1])), "ms", atMost: pages.Count == 1 ? 67 : null);
        var beyond = usage.Beyond(idle);
        figures.Add($"{name}: server CPU per frame displayed", beyond.Cpu.TotalMilliseconds / frames, "ms");
        figures.Add($"{name}: sent per frame displayed", bytes / frames / 1024, "KB");
        figures.Add($"{name}: allocated per frame displayed", beyond.Allocated / frames / 1024, "KB");
        if (pages.Count == 1)
        {
            await pages[0].SetHiddenAsync(true);
            await Task.Delay(TimeSpan.FromSeconds(1));
            var quiet = Median(await ClicksAsync(pages[0]));
            await pages[0].SetHiddenAsync(false);
            await Task.Delay(TimeSpan.FromSeconds(3));
            figures.Add($"{name}: a click on a page without pictures, median", quiet, "ms");
            figures.Add($"{name}: a click takes longer with them, median", Median(await ClicksAsync(pages[0])) - quiet, "ms", atMost: 15);
        }
    }

    public static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);

    public static async Task<LivePage> OpenAsync(BenchmarkPanel panel, IBrowser browser, TransportKind kind, string? address = null)
    {
        var page = await panel.OpenPageAsync(browser, kind, address);

        // The same eyes for every transport: the number that is painted in the picture, read from the pixels that the page shows. The time is the machine's
        // clock, as in this process, cut to whole milliseconds: what performance.now() counts from does not follow when that clock is set.
        await page.Page.EvaluateAsync(
            """
            ([bits, square]) => {
              const pen = new OffscreenCanvas(bits, 1).getContext('2d', { willReadFrequently: true });
              let last = -1;
              window.seen = [];
              const look = () => {
                const picture = document.querySelector('.live-image.shown');
                const width = picture?.videoWidth || picture?.naturalWidth || picture?.width;
                if (width) {
                  const scaled = square * width / 1280;
                  for (let bit = 0; bit < bits; bit++) pen.drawImage(picture, (bit + 0.25) * scaled, scaled / 4, scaled / 2, scaled / 2, bit, 0, 1, 1);
                  const pixels = pen.getImageData(0, 0, bits, 1).data;
                  let number = 0;
                  for (let bit = 0; bit < bits; bit++) if (pixels[4 * bit] > 127) number |= 1 << bit;
                  if (number !== last) window.seen.push([number, Date.now()]);
                  last = number;
                }
                requestAnimationFrame(look);
              };
              look();
            }
            """,
            new[] { NumberedPictures.Bits, NumberedPictures.Square });

        // The first seconds are the compiler's.
        await page.Page.WaitForFunctionAsync("() => window.seen.length > 150", null, new() { Timeout = 120_000 });
        return page;
    }

    // Beside another page: this one begins with the least quality, whose encoder has to start.
    private static async Task JoinAsync(Figures figures, LivePage page)
    {
        var times = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            await page.UseTransportAsync(TransportKind.Base64);
            await Task.Delay(TimeSpan.FromSeconds(1));
            var started = Stopwatch.GetTimestamp();
            await page.UseTransportAsync(TransportKind.H264);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        figures.Add("H264: until the first picture when another page comes", times, "ms", atMost: 1000);
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
          for (let i = 0; i < 31; i++) {
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
          return times;
        }
        """);

    private static async Task<List<double>> StatusAsync(BenchmarkPanel panel)
    {
        using var http = new HttpClient { BaseAddress = new Uri(panel.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", panel.Token);
        var times = new List<double>();
        for (var i = -5; i < 101; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var response = await http.GetAsync(new Uri("/api/status", UriKind.Relative));
            response.EnsureSuccessStatusCode();
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            await Task.Delay(50);
        }

        return times;
    }
}
