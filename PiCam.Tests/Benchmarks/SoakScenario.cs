using System.Collections.Concurrent;
using System.Diagnostics;
using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>A panel on the simulated camera with viewers who come and go (R20): whether its memory grows.</summary>
internal static class SoakScenario
{
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
        var viewers = new List<Task>();
        var looks = new List<(double Seconds, double Megabytes)>();
        var kinds = Enum.GetValues<TransportKind>();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < duration; i++)
        {
            looks.Add((elapsed.TotalSeconds, ProcessLook.At(Environment.ProcessId).ResidentMegabytes));
            if (i % 8 == 0)
            {
                viewers.Add(ReadAsync(TimeSpan.FromSeconds(random.Next(5, 20))));
            }

            if (i % 30 == 0)
            {
                viewers.Add(LookAsync(kinds[i / 30 % kinds.Length], TimeSpan.FromSeconds(random.Next(5, 20))));
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        await Task.WhenAll(viewers);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        figures.Add("viewers who came and went", viewers.Count, "");
        figures.Add("memory at the end", looks[^1].Megabytes, "MB");
        figures.Add("memory grows, after the first third", 100 * Slope([.. looks.Skip(looks.Count / 3)]), "MB in 100 s", atMost: 1);
        figures.Add("exceptions that nobody saw", unobserved.Count, "", atMost: 0);
        foreach (var exception in unobserved)
        {
            Console.WriteLine(exception);
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
