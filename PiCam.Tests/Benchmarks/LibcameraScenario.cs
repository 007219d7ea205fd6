using System.Diagnostics;
using PiCam.Core.Frames;
using PiCam.Tests.Fixtures;
using PiCam.Tests.Hardware.Libcamera;
using SkiaSharp;

namespace PiCam.Benchmarks;

/// <summary>This process's part of a libcamera camera: reading, and handing on what people ask for. A script plays the helper and its sensor.</summary>
internal static class LibcameraScenario
{
    private const int Buffers = 4;
    private const int PictureBytes = 150_000;

    public static async Task RunAsync(TimeSpan duration)
    {
        using var folder = new TemporaryFolder();
        var bytes = await PaintAsync(folder["frame.jpg"]);
        Console.WriteLine($"libcamera camera on a scripted helper (no sensor, no libcamera), 1280×720, 30 fps, frames of {bytes / 1000} KB:");
        using var helper = new FakeHelper($"--picture '{folder["frame.jpg"]}'");
        await using var running = await RunningSession.StartAsync(helper.Camera);
        var session = running.Session;
        await Task.Delay(TimeSpan.FromSeconds(3)); // what is compiled at the first use

        var before = session.Frames.Latest!.Sequence;
        var usage = await Usage.DuringAsync(duration);
        var frames = session.Frames.Latest.Sequence - before;
        Console.WriteLine(FormattableString.Invariant(
            $"  one lease that nobody reads: {frames / usage.Elapsed.TotalSeconds:0.0} fps, {100 * usage.Cpu / usage.Elapsed:0.0} % of one core (bar 5), {usage.Allocated / (double)frames / 1024:0} KB allocated per frame"));

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

        Console.WriteLine(FormattableString.Invariant(
            $"  change to the helper, which acknowledges at once: {heard.Order().ElementAt(10):0.0} ms (median of 20; the first, compiled on the way, {heard[0]:0.0}; the others up to {heard.Skip(1).Max():0.0}; bar 100)"));
        Console.WriteLine(FormattableString.Invariant(
            $"  frames between the change and the first that shows it: {counts.Order().ElementAt(10)} (median of 20; up to {counts.Max()}; bar {Buffers + 3}; the script itself takes the one under way and 6 more)"));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1);
        }
    }

    /// <summary>A picture with so much noise that its JPEG has about <see cref="PictureBytes"/>.</summary>
    private static async Task<int> PaintAsync(string file)
    {
        using var bitmap = new SKBitmap(1280, 720);
        var random = new Random(1);
        for (var noise = 4; ; noise += 4)
        {
            for (var y = 0; y < bitmap.Height; y++)
            {
                for (var x = 0; x < bitmap.Width; x++)
                {
                    var grey = (byte)((x + y) / 16 + random.Next(noise));
                    bitmap.SetPixel(x, y, new SKColor(grey, grey, grey));
                }
            }

            using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
            if (jpeg.Size >= PictureBytes)
            {
                await File.WriteAllBytesAsync(file, jpeg.ToArray());
                return (int)jpeg.Size;
            }
        }
    }
}
