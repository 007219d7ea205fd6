using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Playwright;
using PiCam.Blazor.Live;
using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Browser;
using PiCam.Tests.Fixtures;
using LivePage = PiCam.Tests.Browser.LivePage;

namespace PiCam.Benchmarks;

/// <summary>
/// One page in Auto behind links of several kinds: what is shown, how old it is, how long a click takes, and how long it takes until the film comes in its
/// best quality, or whole pictures come, when a slow one is quick again. And pictures one by one behind a slow link: how old they are when they go out.
/// </summary>
internal static class LinkScenario
{
    private const string Width =
        "(picture => picture.videoWidth || picture.naturalWidth || picture.width)(document.querySelector('.live-image.shown'))";

    private const int Slow = 2_000_000;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        // Drawn before: what is measured is the link, not how quickly a scene is drawn here.
        await using var camera = await SimulatedAsync();
        await using var panel = await BenchmarkPanel.StartAsync(camera.Camera);
        await using var chromium = new ChromiumFixture();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        foreach (var (bits, delay) in new[] { (Slow, Delay), (500_000, Delay), (8_000_000, Delay), (100_000_000, 2.5 * Delay) })
        {
            await using var proxy = new TcpProxy(panel.Endpoint) { Delay = delay, SharesRates = true };
            var page = await panel.OpenPageAsync(browser, TransportKind.Auto, $"http://{proxy.Endpoint}");
            await CountAsync(page);
            proxy.DownstreamRate = bits / 8;
            await Task.Delay(Settling);
            var name = FormattableString.Invariant($"{bits / 1e6:0.0} Mbit/s, {2 * delay.TotalMilliseconds} ms");
            using (var ages = new Ages())
            {
                await page.Page.EvaluateAsync("() => { window.shown = 0; }");
                await Task.Delay(duration);
                var shown = await page.Page.EvaluateAsync<int>("() => window.shown");
                figures.Add($"{name}: displayed, by {await page.CarrierAsync()}", shown / duration.TotalSeconds, "fps", atLeast: bits >= Slow ? 20 : 8);
                figures.Add($"{name}: width", await WidthAsync(page), "px", atLeast: 640);
                figures.Add($"{name}: age when acknowledged", ages.All, "ms", mostAtMost: bits >= Slow ? 300 : null);
            }

            figures.Add($"{name}: click", TransportScenario.Median(await TransportScenario.ClicksAsync(page)), "ms", atMost: bits >= Slow ? 110 + (2 * delay.TotalMilliseconds) : null);
            proxy.DownstreamRate = null;
            var started = Stopwatch.GetTimestamp();
            await Eventually.TrueAsync(
                async () => panel.ShowsBestFilm || (await page.CarrierAsync() != nameof(TransportKind.H264) && await WidthAsync(page) == 1280),
                "full quality",
                TimeSpan.FromSeconds(60),
                CancellationToken.None);
            figures.Add($"{name}: until full quality is back when the link recovers", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", atMost: 5);
            await page.Page.Context.CloseAsync();
        }

        await OneByOneAsync(figures, browser, duration);
    }

    private static async Task OneByOneAsync(Figures figures, IBrowser browser, TimeSpan duration)
    {
        await using var camera = new ReplayedCamera(NumberedPictures.Paint(1 << NumberedPictures.Bits, 90_000));
        await using var panel = await BenchmarkPanel.StartAsync(camera.Camera);
        foreach (var kind in new[] { TransportKind.Base64, TransportKind.Binary })
        {
            await using var proxy = new TcpProxy(panel.Endpoint) { Delay = Delay, SharesRates = true };
            var page = await TransportScenario.OpenAsync(panel, browser, kind, $"http://{proxy.Endpoint}");
            proxy.DownstreamRate = Slow / 8;
            await Task.Delay(Settling);
            await page.Page.EvaluateAsync("() => { window.seen = []; }");
            await Task.Delay(duration);
            var seen = await page.Page.EvaluateAsync<double[][]>("() => window.seen");
            figures.Add($"{kind}, 2.0 Mbit/s, 40 ms: displayed", seen.Length / duration.TotalSeconds, "fps");

            // A picture goes out when the news that the one before is shown has come. One frame late is two frame times, and half of one is the page's own:
            // it looks when the display is due.
            figures.Add(
                $"{kind}, 2.0 Mbit/s, 40 ms: age when it goes out",
                seen.Zip(seen.Skip(1), (shown, next) => shown[1] + Delay.TotalMilliseconds - camera.SentAt((int)next[0], next[1])),
                "ms",
                mostAtMost: 84);
            await page.Page.Context.CloseAsync();
        }
    }

    private static async Task<ReplayedCamera> SimulatedAsync()
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        return await ReplayedCamera.OfAsync(panel);
    }

    private static Task<int> WidthAsync(LivePage page) => page.Page.EvaluateAsync<int>($"() => {Width}");

    // What a person sees change: a spot of the shown element, whose noise differs from frame to frame.
    private static async Task CountAsync(LivePage page)
    {
        await page.Page.EvaluateAsync(
            """
            () => {
              const pen = new OffscreenCanvas(48, 48).getContext('2d', { willReadFrequently: true });
              let last = '';
              window.shown = 0;
              const look = () => {
                const picture = document.querySelector('.live-image.shown');
                const [width, height] = [picture.videoWidth || picture.naturalWidth || picture.width, picture.videoHeight || picture.naturalHeight || picture.height];
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
        await page.Page.WaitForFunctionAsync("() => window.shown > 150", null, new() { Timeout = 120_000 });
    }

    /// <summary>The ages of pictures when the browser acknowledged them, in milliseconds.</summary>
    private sealed class Ages : IDisposable
    {
        private readonly ConcurrentBag<double> ages = [];
        private readonly MeterListener listener = new();

        public Ages()
        {
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == ViewerStatistics.MeterName)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>((_, age, _, _) => ages.Add(1000 * age));
            listener.Start();
        }

        public IReadOnlyCollection<double> All => ages;

        public void Dispose() => listener.Dispose();
    }
}
