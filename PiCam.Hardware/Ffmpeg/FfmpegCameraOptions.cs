using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>What the ffmpeg camera plays, and how.</summary>
public sealed record FfmpegCameraOptions
{
    /// <summary>A webcam's device below <c>/dev</c>, a network camera's address, or a video file.</summary>
    public required string Path { get; init; }

    /// <summary>Pixels; a wider picture is scaled down.</summary>
    public int MaximumWidth { get; init; } = 1280;

    /// <summary>Pixels; a higher picture is scaled down.</summary>
    public int MaximumHeight { get; init; } = 720;

    /// <summary>JPEG quality, 1 to 100.</summary>
    public int Quality { get; init; } = 80;

    /// <summary>The program: an absolute path, or a name that is looked up in PATH.</summary>
    public string Executable { get; init; } = "ffmpeg";

    /// <summary>ffmpeg with these arguments.</summary>
    internal ChildCommand Command(IReadOnlyList<string> arguments, TimeSpan readyTimeout) =>
        new() { Name = "ffmpeg", Executable = Executable, Arguments = arguments, ReadyTimeout = readyTimeout };
}
