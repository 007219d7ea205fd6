using System.Diagnostics;
using System.Text.Json.Nodes;
using PiCam.Tests.Hardware.Native;

namespace PiCam.Benchmarks;

/// <summary>
/// The camera helper itself on Debian's libcamera with its virtual camera. That one paints its frames by the processor, on
/// libcamera's thread, where no real camera does: the helper's own threads are told apart from it by their names.
/// </summary>
internal static class HelperScenario
{
    private static readonly string[] OwnThreads = ["main", "input", "output", "encoder", "pacer"];

    public static async Task RunAsync(TimeSpan duration)
    {
        Console.WriteLine("camera helper on libcamera's virtual camera, 1280×720, 30 fps:");
        using var helper = new NativeHelper(spied: false);
        await helper.ConfigureAsync();
        await MeasureAsync(helper, TimeSpan.FromSeconds(2));

        var encoding = await MeasureAsync(helper, duration);
        Console.WriteLine(FormattableString.Invariant(
            $"  encoding: {encoding.FramesPerSecond:0.0} fps, {encoding.Own:0.0} % of one core, of it {encoding.Jpeg:0.0} % JPEG; beyond JPEG {encoding.Own - encoding.Jpeg:0.0} % (bar 10); {encoding.ResidentMegabytes:0.0} MB resident (bar 30); {encoding.Painting:0.0} % more is libcamera's thread with the virtual camera"));

        var times = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            var id = helper.Send("controls", new JsonObject { ["controls"] = new JsonObject { ["FrameDurationLimits"] = new JsonArray(33333 - (i % 2), 33333) } });
            await helper.NextAsync("ACKN", m => m.Json.GetProperty("id").GetInt64() == id);
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"  controls to acknowledgement (in a request): {times.Order().ElementAt(10):0} ms (median of 20; up to {times.Max():0}; bar 100)"));

        helper.Send("encode", new JsonObject { ["on"] = false });
        await helper.NextAsync("FRAM", m => m.Data.Length == 0);
        var idle = await MeasureAsync(helper, duration);
        Console.WriteLine(FormattableString.Invariant(
            $"  encode off, as without a lease: {idle.FramesPerSecond:0.0} fps, {idle.Own:0.0} % of one core (bar 2); {idle.Painting:0.0} % more is libcamera's thread with the virtual camera"));
    }

    private static async Task<(double FramesPerSecond, double Own, double Painting, double Jpeg, double ResidentMegabytes)> MeasureAsync(NativeHelper helper, TimeSpan duration)
    {
        var (frames, encoding, before, started) = (0, 0L, ThreadTimes.Of(helper.ProcessId), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            encoding += (await helper.NextAsync("FRAM")).Json.GetProperty("encodeTime").GetInt64();
            frames++;
        }

        var (elapsed, after) = (Stopwatch.GetElapsedTime(started), ThreadTimes.Of(helper.ProcessId));
        using var process = Process.GetProcessById(helper.ProcessId);
        return (frames / elapsed.TotalSeconds, Share(own: true), Share(own: false), encoding / elapsed.TotalMicroseconds * 100, process.WorkingSet64 / 1e6);

        double Share(bool own) => after.Where(t => OwnThreads.Contains(t.Key) == own)
            .Sum(t => 100 * (t.Value - before.GetValueOrDefault(t.Key)) / elapsed);
    }
}
