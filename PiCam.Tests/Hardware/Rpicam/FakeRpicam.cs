using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Hardware.Rpicam;
using PiCam.Tests.Fixtures;

namespace PiCam.Tests.Hardware.Rpicam;

/// <summary>The scripted rpicam-vid as an executable, and a camera on it.</summary>
internal sealed class FakeRpicam : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <param name="script">What it is to do; see PiCam.Tests/ScriptedRpicam.</param>
    /// <param name="id">libcamera's id of the camera to open.</param>
    public FakeRpicam(string script = "", string? id = null)
    {
        Play(script);
        Camera = new RpicamCamera(
            new RpicamCameraOptions { Executable = Executable, Id = id, Size = new(640, 360) }, TimeProvider.System, NullLogger<RpicamCamera>.Instance)
        {
            Linger = TimeSpan.FromMilliseconds(200),
        };
    }

    public string Executable => folder["rpicam-vid"];

    public RpicamCamera Camera { get; }

    /// <summary>The arguments of each start, in order; those that asked for the list are left out.</summary>
    public IReadOnlyList<string[]> Starts => [.. Calls.Where(call => !call.Contains("--list-cameras") && !IsStill(call))];

    /// <summary>The arguments of each start of rpicam-still.</summary>
    public IReadOnlyList<string[]> Stills => [.. Calls.Where(IsStill)];

    /// <summary>How often it was asked for the list.</summary>
    public int Lists => Calls.Count(call => call.Contains("--list-cameras"));

    /// <summary>The processes of it that run.</summary>
    public IReadOnlyList<int> Processes => SystemProcess.WithArgument(Program + '\0' + "--codec");

    /// <summary>The processes of rpicam-still that run.</summary>
    public IReadOnlyList<int> StillProcesses => SystemProcess.WithArgument(Program + '\0' + "--encoding");

    private string[][] Calls => File.Exists(Log) ? [.. File.ReadAllLines(Log).Select(line => line.Split('\t'))] : [];

    // A path of its own tells its processes from those of other tests.
    private string Program => folder["bin/PiCam.ScriptedRpicam.dll"];

    private string Log => folder["log"];

    /// <summary>Lets it play something else from its next start on.</summary>
    public void Play(string script)
    {
        if (!Directory.Exists(folder["bin"]))
        {
            Directory.CreateSymbolicLink(folder["bin"], AppContext.BaseDirectory);
        }

        foreach (var program in (string[])["rpicam-vid", "rpicam-still"])
        {
            File.WriteAllText(
                folder[program],
                $"#!/bin/bash\nRPICAM_PROGRAM={program} RPICAM_SCRIPT='log={Log};{script}' exec '{Environment.ProcessPath}' '{Program}' \"$@\"\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder[program], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    /// <summary>Takes the program away that takes stills.</summary>
    public void RemoveStill() => File.Delete(folder["rpicam-still"]);

    private static bool IsStill(string[] call) => call.Contains("--encoding=jpg");

    public void Dispose()
    {
        // Not what it points to.
        File.Delete(folder["bin"]);
        folder.Dispose();
    }
}
