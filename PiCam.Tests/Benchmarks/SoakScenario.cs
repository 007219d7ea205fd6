using System.Collections.Concurrent;
using System.Diagnostics;
using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>A panel on the simulated camera with viewers who come and go (R20): whether its memory grows.</summary>
internal static class SoakScenario
{
    // One look has no slope, and the first of them may lie in the first third.
    private const int FewestRounds = 3;

    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Enqueue(args.Exception);
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        await using var panel = await BenchmarkPanel.StartAsync();
        await using var chromium = new ChromiumFixture();
        var browser = await chromium.BrowserAsync(CancellationToken.None);
        var header = "Authorization: Bearer " + panel.Token;
        var random = new Random(1);
        var kinds = Enum.GetValues<TransportKind>();
        var looks = new List<(double Seconds, double Megabytes)>();
        var (viewers, pages) = (0, 0);
        var started = Stopwatch.GetTimestamp();
        do
        {
            await RoundAsync();
            looks.Add((Stopwatch.GetElapsedTime(started).TotalSeconds, ProcessLook.At(Environment.ProcessId).ResidentMegabytes));
        }
        while (Stopwatch.GetElapsedTime(started) < duration || looks.Count < FewestRounds);
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        figures.Add("viewers who came and went", viewers, "");
        figures.Add("memory at the end, when all have left", looks[^1].Megabytes, "MB");
        figures.Add("memory grows, after the first third", 100 * Slope([.. looks.Where(look => look.Seconds > duration.TotalSeconds / 3)]), "MB in 100 s", atMost: 1);
        figures.Add("exceptions that nobody saw", unobserved.Count, "", atMost: 0);
        foreach (var exception in unobserved)
        {
            Console.WriteLine(exception);
        }

        // Looked at when the last viewer has left and what they left is collected: while they are there, the heap swings by 80 MB with who happens to watch.
        async Task RoundAsync()
        {
            var watching = new List<Task>();
            for (var second = 0; second < 40; second++)
            {
                if (second % 8 == 0)
                {
                    watching.Add(ReadAsync(TimeSpan.FromSeconds(random.Next(5, 20))));
                }

                if (second % 20 == 0)
                {
                    watching.Add(LookAsync(kinds[pages++ % kinds.Length], TimeSpan.FromSeconds(random.Next(5, 20))));
                }

                await Task.Delay(TimeSpan.FromSeconds(1));
            }

            await Task.WhenAll(watching);
            viewers += watching.Count;
            while (panel.Session.Frames.Ring.Bytes > 0)
            {
                await Task.Delay(100);
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        async Task ReadAsync(TimeSpan span)
        {
            await using var readers = ReaderProcesses.Streams(panel.Address + "/stream.mjpg", [header, header]);
            await Task.Delay(span);
        }

        async Task LookAsync(TransportKind kind, TimeSpan span)
        {
            var page = await panel.OpenPageAsync(browser, kind);
            await Task.Delay(span);
            await page.Page.Context.CloseAsync();
        }
    }

    // The line that fits best.
    private static double Slope(IReadOnlyList<(double Seconds, double Megabytes)> looks)
    {
        var (seconds, megabytes) = (looks.Average(look => look.Seconds), looks.Average(look => look.Megabytes));
        return looks.Sum(look => (look.Seconds - seconds) * (look.Megabytes - megabytes)) / looks.Sum(look => Math.Pow(look.Seconds - seconds, 2));
    }
}
