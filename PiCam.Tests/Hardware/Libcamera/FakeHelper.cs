using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Hardware.Libcamera;
using PiCam.Tests.Fixtures;

namespace PiCam.Tests.Hardware.Libcamera;

/// <summary>The scripted helper as an executable, and a camera on it.</summary>
internal sealed class FakeHelper : IDisposable
{
    // Of the runtime that runs this; the program of this process may be another (a benchmark's).
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private readonly TemporaryFolder folder = new();

    /// <param name="arguments">What it is to do; see PiCam.Tests/ScriptedHelper.</param>
    public FakeHelper(string arguments = "")
    {
        var program = Path.Combine(AppContext.BaseDirectory, "PiCam.ScriptedHelper.dll");
        Executable = folder.Script("picam-camera", $"exec '{Dotnet}' '{program}' --log '{Log}' {arguments} \"$@\"");
        Camera = new LibcameraCamera(
            new LibcameraCameraOptions { Helper = Executable }, TimeProvider.System, NullLogger<LibcameraCamera>.Instance);
    }

    public string Executable { get; }

    public LibcameraCamera Camera { get; }

    /// <summary>The commands that it was sent, in order.</summary>
    public IReadOnlyList<JsonObject> Commands =>
        File.Exists(Log) ? [.. File.ReadAllLines(Log).Select(line => JsonNode.Parse(line)!.AsObject())] : [];

    /// <summary>Whether it was sent a command that has this in it.</summary>
    public bool Heard(string text) => File.Exists(Log) && File.ReadAllText(Log).Contains(text, StringComparison.Ordinal);

    /// <summary>The last command of this name.</summary>
    public JsonObject Newest(string command) => Commands.Last(c => c["command"]!.GetValue<string>() == command);

    /// <summary>Those of it that run now.</summary>
    public IReadOnlyList<int> Processes => SystemProcess.WithArgument(Log);

    private string Log => folder["commands"];

    public void Dispose() => folder.Dispose();
}
