using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using PiCam.Blazor.Live;
using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Browser;
using PiCam.Tests.Fixtures;
using LivePage = PiCam.Tests.Browser.LivePage;

namespace PiCam.Benchmarks;

/// <summary>
/// One page in Auto behind a slow link: what is shown, how old it is, how long a click takes, and how long it takes until the whole picture is
/// back when the link is quick again.
/// </summary>
internal static class LinkScenario
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        await using var chromium = new ChromiumFixture();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        foreach (var bits in new[] { 2_000_000, 500_000 })
        {
            await using var proxy = new TcpProxy(panel.Endpoint) { Delay = Delay, SharesRates = true };
            var page = await panel.OpenPageAsync(browser, TransportKind.Auto, $"http://{proxy.Endpoint}");
            await TransportScenario.CountAsync(page);
            proxy.DownstreamRate = bits / 8;
            await Task.Delay(Settling);
            using var ages = new Ages();
            await page.Page.EvaluateAsync("() => { window.shown = 0; }");
            await Task.Delay(duration);
            var (sorted, shown) = (ages.Sorted(), await page.Page.EvaluateAsync<int>("() => window.shown"));
            var clicks = await TransportScenario.ClicksAsync(page);
            Console.WriteLine(FormattableString.Invariant(
                $"{bits / 1e6:0.0} Mbit/s, 40 ms: {shown / duration.TotalSeconds:0.0} fps of {await ShownAsync(page)}, {Median(sorted):0} ms old (p95 {At(sorted, 0.95):0}), click {Median(clicks):0} ms"));

            proxy.DownstreamRate = null;
            var started = Stopwatch.GetTimestamp();
            await page.Page.WaitForFunctionAsync("() => { const shown = document.querySelector('.live-image.shown'); return (shown.naturalWidth ?? shown.videoWidth ?? shown.width) === 1280; }");
            Console.WriteLine(FormattableString.Invariant($"  whole pictures {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s after the link recovered"));
            await page.Page.Context.CloseAsync();
        }
    }

    private static double Median(double[] sorted) => At(sorted, 0.5);

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? double.NaN : sorted[(int)(part * (sorted.Length - 1))];

    private static Task<string> ShownAsync(LivePage page) => page.Page.EvaluateAsync<string>(
        "() => { const shown = document.querySelector('.live-image.shown'); return `${shown.naturalWidth ?? shown.width}×${shown.naturalHeight ?? shown.height} by ${shown.dataset.carries}`; }");

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

        public double[] Sorted() => [.. ages.Order()];

        public void Dispose() => listener.Dispose();
    }
}
