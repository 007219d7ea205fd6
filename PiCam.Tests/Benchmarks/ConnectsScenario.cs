using System.Diagnostics;
using System.Net;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>200 viewers who come, see some pictures and go (R19): whether file descriptors and threads of the panel's process are what they were.</summary>
internal static class ConnectsScenario
{
    private const int AtOnce = 8;

    public static async Task RunAsync(Figures figures)
    {
        await using var panel = await PanelProcess.StartAsync(CancellationToken.None);
        await panel.AddOwnerAsync(BenchmarkPanel.User, BenchmarkPanel.Password, CancellationToken.None);
        using var person = new FormClient(new Uri(panel.Address));
        await person.SignInAsync(BenchmarkPanel.User, BenchmarkPanel.Password);
        await ConnectAsync(5 * AtOnce);

        // The runtime lets go of threads that have nothing to do after 20 s.
        await Task.Delay(TimeSpan.FromSeconds(30));
        var before = ProcessLook.At(panel.Id);
        await ConnectAsync(200);
        var started = Stopwatch.GetTimestamp();
        ProcessLook after;
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            after = ProcessLook.At(panel.Id);
        }
        while ((Math.Abs(after.Files - before.Files) > 5 || Math.Abs(after.Threads - before.Threads) > 5) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60));

        figures.Add("file descriptors before", before.Files, "");
        figures.Add("difference after 200 viewers", Math.Abs(after.Files - before.Files), "", atMost: 5);
        figures.Add("threads before", before.Threads, "");
        figures.Add("difference after 200 viewers (threads)", Math.Abs(after.Threads - before.Threads), "", atMost: 5);
        figures.Add("seconds until then", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");

        async Task ConnectAsync(int times)
        {
            for (var i = 0; i < times / AtOnce; i++)
            {
                await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SeeAsync(person.Http)));
            }
        }
    }

    private static async Task SeeAsync(HttpClient http)
    {
        while (true)
        {
            using var response = await http.GetAsync(new Uri("/stream.mjpg", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                await using var stream = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
                await stream.ReadExactlyAsync(new byte[100_000]);
                return;
            }

            // Those before have not been seen to go yet.
            await Task.Delay(100);
        }
    }
}
