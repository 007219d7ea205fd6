using System.Diagnostics;
using System.Globalization;

namespace PiCam.Benchmarks;

/// <summary>1, 8 and 32 readers of the MJPEG stream, each in a process of its own.</summary>
internal static class MjpegScenario
{
    public static async Task RunAsync(TimeSpan duration)
    {
        await using var panel = await BenchmarkPanel.StartAsync();
        var idle = await Usage.DuringAsync(duration);
        foreach (var count in new[] { 1, 8, 32 })
        {
            var readers = Enumerable.Range(0, count).Select(_ => Start(panel)).ToArray();
            while (panel.Readers < count)
            {
                await Task.Delay(50);
            }

            var usage = await Usage.DuringAsync(duration);
            var frames = 0L;
            foreach (var reader in readers)
            {
                reader.StandardInput.Close();
                frames += long.Parse(await reader.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
                await reader.WaitForExitAsync();
                reader.Dispose();
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{count,2} MJPEG reader(s): {frames / usage.Elapsed.TotalSeconds / count:0.0} fps each, {usage.Beyond(idle).PerFrame(frames)}"));
            while (panel.Readers > 0)
            {
                await Task.Delay(50);
            }
        }
    }

    private static Process Start(BenchmarkPanel panel)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(MjpegScenario).Assembly.Location);
        }

        start.ArgumentList.Add("read");
        start.ArgumentList.Add(panel.Address + "/stream.mjpg");
        start.ArgumentList.Add(panel.Token);
        return Process.Start(start)!;
    }
}
