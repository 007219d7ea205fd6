using System.Diagnostics;
using PiCam.Core.Frames;
using PiCam.Tests.Fixtures;
using PiCam.Tests.Hardware.Libcamera;

namespace PiCam.Benchmarks;

/// <summary>This process's part of a libcamera camera: reading, and handing on what people ask for. A script plays the helper and its sensor.</summary>
internal static class LibcameraScenario
{
    private const int Buffers = 4;
    private const int PictureBytes = 150_000;

    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["frame.jpg"], NumberedPictures.Paint(1, PictureBytes)[0]);
        using var helper = new FakeHelper($"--picture '{folder["frame.jpg"]}'");
        await using var running = await RunningSession.StartAsync(helper.Camera);
        var session = running.Session;
        await Task.Delay(TimeSpan.FromSeconds(3)); // what is compiled at the first use

        var before = session.Frames.Latest!.Sequence;
        var usage = await Usage.DuringAsync(duration);
        var frames = session.Frames.Latest.Sequence - before;
        figures.Add("one lease that nobody reads", frames / usage.Elapsed.TotalSeconds, "fps");
        figures.Add("the same", 100 * usage.Cpu / usage.Elapsed, "% of one core", atMost: 5);
        figures.Add("the same, allocated per frame", usage.Allocated / (double)frames / 1024, "KB");

        var (heard, counts) = (new List<double>(), new List<long>());
        for (var i = 0; i < 20; i++)
        {
            var exposure = TimeSpan.FromMicroseconds(4000 + (100 * i));
            var mark = FormattableString.Invariant($"\"ExposureTime\":{exposure.TotalMicroseconds:0}");
            var (asked, at) = (Stopwatch.GetTimestamp(), session.Frames.Latest.Sequence);
            await session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = exposure });
            await UntilAsync(() => helper.Heard(mark));
            heard.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            Frame? shown = null;
            await UntilAsync(() => (shown = session.Frames.Latest) is { } latest && latest.Metadata.ExposureTime == exposure);
            counts.Add(shown!.Sequence - at - 1);
        }

        // The first is compiled on the way.
        figures.Add("from a change to the helper, which acknowledges at once", heard.Skip(1), "ms", atMost: 100);
        figures.Add("frames between the change and the first that shows it (the script takes the one under way and 6 more)", counts.Select(count => (double)count), "frames", atMost: Buffers + 3);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1);
        }
    }
}
