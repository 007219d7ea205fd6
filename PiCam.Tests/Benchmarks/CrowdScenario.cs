using System.Diagnostics;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>20 viewers of three people at 10 frames a second (R18), of a panel in a process of its own that plays a film of 1280×720.</summary>
internal static class CrowdScenario
{
    private static readonly string[] Names = ["ana", "bo", "cy"];

    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        using var folder = new TemporaryFolder();
        var film = folder["film.mp4"];
        await TestVideos.MakeAsync(film, 1280, 720, 30, 10);
        await using var panel = await PanelProcess.StartAsync(CancellationToken.None, "--Camera:Source=ffmpeg", "--Camera:Path=" + film);
        var cookies = new List<string>();
        foreach (var name in Names)
        {
            await panel.AddOwnerAsync(name, BenchmarkPanel.Password, CancellationToken.None);
            using var person = new FormClient(new Uri(panel.Address));
            await person.SignInAsync(name, BenchmarkPanel.Password);
            cookies.Add("Cookie: " + person.CookieHeader);
        }

        var rest = ProcessLook.At(panel.Id);
        await using var viewers = ReaderProcesses.Streams(panel.Address + "/stream.mjpg?fps=10", Enumerable.Range(0, 20).Select(viewer => cookies[viewer % cookies.Count]));
        await viewers.StartedAsync();
        var (most, cameras) = (0.0, 0);
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < duration; await Task.Delay(500))
        {
            most = Math.Max(most, ProcessLook.At(panel.Id).ResidentMegabytes);
            cameras = Math.Max(cameras, SystemProcess.WithArgument(film).Except([panel.Id]).Count());
        }

        figures.Add("camera processes", cameras, "", atMost: 1);
        figures.Add("memory without a viewer", rest.ResidentMegabytes, "MB");
        figures.Add("more memory with 20, at most", most - rest.ResidentMegabytes, "MB", atMost: 60);
    }
}
