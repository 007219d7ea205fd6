using System.Diagnostics;
using System.Text.Json.Nodes;
using PiCam.Core.Frames;
using PiCam.Core.Frames.Sizes;
using PiCam.Tests.Hardware.Native;

namespace PiCam.Benchmarks;

/// <summary>
/// The camera helper itself on Debian's libcamera with its virtual camera. That one paints its frames by the processor, on
/// libcamera's thread, where no real camera does: the helper's own threads are told apart from it by their names.
/// </summary>
internal static class HelperScenario
{
    private static readonly string[] OwnThreads = ["main", "input", "output", "encoder", "pacer"];

    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        if (!File.Exists(NativeHelper.Executable))
        {
            figures.Skip("the helper is not built; PiCam.Tests/Rig/Libcamera/build.sh builds it.");
            return;
        }

        using var helper = new NativeHelper(spied: false);
        await helper.ConfigureAsync();
        await MeasureAsync(helper, TimeSpan.FromSeconds(2));

        var encoding = await MeasureAsync(helper, duration);
        figures.Add("encoding", encoding.FramesPerSecond, "fps");
        figures.Add("encoding, JPEG", encoding.Jpeg, "% of one core");
        figures.Add("encoding, what is not JPEG", encoding.Own - encoding.Jpeg, "% of one core", atMost: 10);
        figures.Add("encoding, libcamera's own thread with the virtual camera", encoding.Painting, "% of one core");
        figures.Add("encoding, memory", encoding.ResidentMegabytes, "MB", atMost: 30);

        var times = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            var id = helper.Send("controls", new JsonObject { ["controls"] = new JsonObject { ["FrameDurationLimits"] = new JsonArray(33333 - (i % 2), 33333) } });
            await helper.NextAsync("ACKN", m => m.Json.GetProperty("id").GetInt64() == id);
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        figures.Add("controls to acknowledgement (in a request)", times, "ms", atMost: 100);

        helper.Send("encode", new JsonObject { ["on"] = false });
        await helper.NextAsync("FRAM", m => m.Data.Length == 0);
        var idle = await MeasureAsync(helper, duration);
        figures.Add("nobody watches", idle.FramesPerSecond, "fps");
        figures.Add("nobody watches, its own threads", idle.Own, "% of one core", atMost: 2);
        await SmallSizesAsync(figures, helper, encoding, duration);
    }

    // What a page behind a slow link gets, with the helper's second stream and without. A real camera scales that for nothing.
    private static async Task SmallSizesAsync(Figures figures, NativeHelper helper, Measured whole, TimeSpan duration)
    {
        helper.Send("encode", new JsonObject { ["on"] = true });
        await helper.ConfigureAsync(half: true);
        helper.Send("half", new JsonObject { ["on"] = true });
        var frame = await helper.NextAsync("FRAM", m => m.Half.Length > 0);
        var both = await MeasureAsync(helper, duration);
        figures.Add("1:2 by the helper's second stream", both.JpegTime - whole.JpegTime, "ms");
        figures.Add("1:2 without", Scaling(frame.Data), "ms");
        figures.Add("1:4 by the helper's second stream", Scaling(frame.Half), "ms");
        figures.Add("1:4 without", Scaling(frame.Data, eighths: 2), "ms");
    }

    private static double Scaling(byte[] jpeg, int eighths = 4)
    {
        const int times = 50;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            JpegThumbnail.Scale(jpeg, eighths, FrameSizes.Quality);
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / times;
    }

    private static async Task<Measured> MeasureAsync(NativeHelper helper, TimeSpan duration)
    {
        var (frames, encoding, before, started) = (0, 0L, ThreadTimes.Of(helper.ProcessId), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            encoding += (await helper.NextAsync("FRAM")).Json.GetProperty("encodeTime").GetInt64();
            frames++;
        }

        var (elapsed, after) = (Stopwatch.GetElapsedTime(started), ThreadTimes.Of(helper.ProcessId));
        using var process = Process.GetProcessById(helper.ProcessId);
        return new(
            frames / elapsed.TotalSeconds,
            Share(own: true),
            Share(own: false),
            encoding / elapsed.TotalMicroseconds * 100,
            encoding / 1000.0 / frames,
            process.WorkingSet64 / 1e6);

        double Share(bool own) => after.Where(t => OwnThreads.Contains(t.Key) == own)
            .Sum(t => 100 * (t.Value - before.GetValueOrDefault(t.Key)) / elapsed);
    }

    /// <param name="FramesPerSecond">That came.</param>
    /// <param name="Own">% of one core, of the helper's own threads.</param>
    /// <param name="Painting">% of one core, of libcamera's threads.</param>
    /// <param name="Jpeg">% of one core.</param>
    /// <param name="JpegTime">ms for each frame.</param>
    /// <param name="ResidentMegabytes">Of the helper.</param>
    private sealed record Measured(double FramesPerSecond, double Own, double Painting, double Jpeg, double JpegTime, double ResidentMegabytes);
}
