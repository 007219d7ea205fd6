using System.Diagnostics;
using System.Runtime.InteropServices;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>
/// What the published panel takes of a small board: from the start to listening, the processor without viewers, and memory: where there is
/// plenty, and where there is little. Published into a temporary folder for this machine, as for a Pi.
/// </summary>
internal static class FootprintScenario
{
    private const int Starts = 5;
    private const int Readers = 8;
    private const int Little = 160;
    private const string Password = "correct horse battery";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Figures figures)
    {
        using var folder = new TemporaryFolder();
        var (data, program) = (folder["data"], Path.Combine(folder["published"], "PiCam.Blazor"));
        await RunAsync(
            data, "dotnet", "publish", Path.Combine(SourceTree.Root, "PiCam.Blazor"), "-c", "Release", "-r", "linux-" + Architecture, "--self-contained",
            "-o", folder["published"], "-v", "q", "--nologo", "-nodeReuse:false");
        await PublishedPanel.RunToEndAsync(data, (program, ["user", "add", "ana", "--role", "Administrator"]), Password + "\n");
        var token = (await RunAsync(data, program, "token", "add", "benchmark", "--role", "Viewer")).Trim().Split('\n')[^1].Trim();

        var times = new List<TimeSpan>();
        for (var i = 0; i < Starts; i++)
        {
            await using var started = await PublishedPanel.StartAsync(program, data);
            times.Add(started.Took);
        }

        figures.Add("start to listening, median of 5", times.Order().ElementAt(Starts / 2).TotalSeconds, "s", atMost: 1.5);
        double slowest;
        await using (var panel = await PublishedPanel.StartAsync(program, data))
        {
            await Task.Delay(Settling);
            var (before, began) = (panel.Processor, Stopwatch.GetTimestamp());
            await Task.Delay(Rest);
            var part = (panel.Processor - before) / Stopwatch.GetElapsedTime(began);
            figures.Add("without viewers: of one core", 100 * part, "%", atMost: 2);
            Resident(figures, panel, "without viewers");
            slowest = await WatchAsync(panel, token, () => Resident(figures, panel, $"with {Readers} MJPEG readers"));
        }

        // A panel has its program's files in memory once they were read; those of the group are the group's own, so they count there.
        using var group = new MemoryGroup(Little << 20);
        var own = folder["own"];
        await PublishedPanel.RunToEndAsync(data, group.Enter("cp", "-r", folder["published"], own));
        await using var little = await PublishedPanel.StartAsync(Path.Combine(own, "PiCam.Blazor"), data, group);
        var there = $"with {Readers} MJPEG readers and {Little} MB for everything, the system's copies of its files included";
        var slowestThere = await WatchAsync(little, token, () => figures.Add($"{there}: resident", little.Memory("VmRSS"), "MB", atMost: 180));
        figures.Add($"{there}: the slowest reader, beside the slowest before", 100 * slowestThere / slowest, "%", atLeast: 95);
    }

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static void Resident(Figures figures, PublishedPanel panel, string when)
    {
        figures.Add($"{when}: resident, where memory is free", panel.Memory("VmRSS"), "MB");
        figures.Add($"{when}: of that, pages of program files", panel.Memory("RssFile"), "MB");
    }

    /// <summary>Bytes that the slowest of some readers gets in a second, after they have been there for a while.</summary>
    /// <param name="panel">What they read from.</param>
    /// <param name="token">As whom.</param>
    /// <param name="look">Called while they still read.</param>
    private static async Task<double> WatchAsync(PublishedPanel panel, string token, Action look)
    {
        await using var readers = ReaderProcesses.Streams(panel.Address + "/stream.mjpg", Enumerable.Repeat("Authorization: Bearer " + token, Readers));
        await readers.StartedAsync();
        await Task.Delay(Settling);
        var (_, _, slowest) = await readers.DuringAsync(Rest, idle: default, each: 1);
        look();
        return slowest;
    }

    private static Task<string> RunAsync(string data, string program, params string[] arguments) => PublishedPanel.RunToEndAsync(data, (program, arguments));
}
