using System.Diagnostics;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>What the published panel takes of a small board: from the start to listening, the processor without viewers, and memory.</summary>
internal static class FootprintScenario
{
    private const int Starts = 5;
    private const int Readers = 8;
    private const int Little = 160;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Figures figures)
    {
        using var folder = new TemporaryFolder();
        var (data, program) = (folder["data"], await PublishedPanel.PublishAsync(folder["published"]));
        var token = await PublishedPanel.AddTokenAsync(program, data);
        var times = new List<TimeSpan>();
        for (var i = 0; i < Starts; i++)
        {
            await using var started = await PublishedPanel.StartAsync(program, data);
            times.Add(started.Took);
        }

        figures.Add("start to listening, median of 5", times.Order().ElementAt(Starts / 2).TotalSeconds, "s", atMost: 1.5);
        await using var panel = await PublishedPanel.StartAsync(program, data);
        await Task.Delay(Settling);
        var (before, began) = (panel.Processor, Stopwatch.GetTimestamp());
        await Task.Delay(Rest);
        var part = (panel.Processor - before) / Stopwatch.GetElapsedTime(began);
        figures.Add("without viewers: of one core", 100 * part, "%", atMost: 2);
        Resident(figures, panel, "without viewers");
        await WatchAsync(panel, token, () => Resident(figures, panel, $"with {Readers} MJPEG readers", atMost: 180));
    }

    /// <summary>How the same panel fares where memory is short. Its files are copied first, so that the group is who reads them.</summary>
    public static async Task RunWithLittleAsync(Figures figures)
    {
        await using var group = MemoryGroup.TryCreate(Little << 20);
        if (group is null)
        {
            figures.Skip("limiting memory takes root and a kernel with the memory controller.");
            return;
        }

        // On a disk: files of a tmpfs are memory.
        using var folder = new TemporaryFolder("/var/tmp");
        var (data, program) = (folder["data"], await PublishedPanel.PublishAsync(folder["published"]));
        var token = await PublishedPanel.AddTokenAsync(program, data);
        double free;
        await using (var panel = await PublishedPanel.StartAsync(program, data))
        {
            free = await WatchAsync(panel, token);
        }

        Directory.CreateDirectory(folder["own"]);
        await PublishedPanel.RunToEndAsync(data, group.Enter("cp", "-r", folder["published"], data, folder["own"]));
        await using var little = await PublishedPanel.StartAsync(folder["own/published/PiCam.Blazor"], folder["own/data"], group);
        var slowest = await WatchAsync(little, token, () => figures.Add("resident", little.Look().ResidentMegabytes, "MB"));
        figures.Add($"the slowest of {Readers} readers, beside the slowest where memory is free", 100 * slowest / free, "%", atLeast: 95);
    }

    private static void Resident(Figures figures, PublishedPanel panel, string when, double? atMost = null)
    {
        var look = panel.Look();
        figures.Add($"{when}: resident", look.ResidentMegabytes, "MB", atMost);
        figures.Add($"{when}: resident, pages of program files", look.FileMegabytes, "MB");
    }

    /// <summary>Bytes that the slowest of some readers gets in a second, after they have been there for a while.</summary>
    /// <param name="panel">What they read from.</param>
    /// <param name="token">As whom.</param>
    /// <param name="look">Called while they still read.</param>
    private static async Task<double> WatchAsync(PublishedPanel panel, string token, Action? look = null)
    {
        await using var readers = ReaderProcesses.Streams(panel.Address + "/stream.mjpg", Enumerable.Repeat("Authorization: Bearer " + token, Readers));
        await readers.StartedAsync();
        await Task.Delay(Settling);
        var (_, _, slowest) = await readers.DuringAsync(Rest, idle: default, each: 1);
        look?.Invoke();
        return slowest;
    }
}
