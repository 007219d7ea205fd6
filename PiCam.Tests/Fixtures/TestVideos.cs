using System.Diagnostics;
using Xunit;

namespace PiCam.Tests.Fixtures;

/// <summary>Makes small media files with ffmpeg's own test sources.</summary>
public static class TestVideos
{
    /// <summary>A second of a moving test picture, with sound.</summary>
    public static Task MakeAsync(string path, int width = 320, int height = 240, int framesPerSecond = 25, double seconds = 1) =>
        RunAsync(
            "-f", "lavfi", "-i", FormattableString.Invariant($"testsrc2=size={width}x{height}:rate={framesPerSecond}:duration={seconds}"),
            "-f", "lavfi", "-i", FormattableString.Invariant($"sine=duration={seconds}"),
            "-c:v", "mpeg4", "-f", "mp4", "file:" + path);

    /// <summary>Three seconds of a moving test picture that every browser plays.</summary>
    public static Task MakeWebAsync(string path) =>
        RunAsync("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=3", "-c:v", "libvpx", "-g", "25", "-f", "webm", "file:" + path);

    /// <summary>A file with sound and no picture.</summary>
    public static Task MakeSoundAsync(string path) => RunAsync("-f", "lavfi", "-i", "sine=duration=1", "-f", "mp4", "file:" + path);

    private static async Task RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("ffmpeg");
        foreach (var argument in (IEnumerable<string>)["-nostdin", "-loglevel", "error", "-y", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var ffmpeg = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg does not start.");
        await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
