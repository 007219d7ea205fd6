using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>How ffmpeg is run on films.</summary>
internal static class FfmpegCommand
{
    // At the lowest priority beside a busy disk even a healthy ffmpeg may come to nothing for minutes; to move the index of a long
    // film to its beginning takes a slow card as long, and is silent.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="ffmpeg">The program: an absolute path, or a name that is looked up in PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ChildCommand Of(string ffmpeg, IReadOnlyList<string> arguments) => new() { Name = "ffmpeg", Executable = ffmpeg, Arguments = arguments };

    /// <summary>The same for long work that nobody waits for at the page.</summary>
    /// <inheritdoc cref="Of"/>
    public static ChildCommand InBackground(string ffmpeg, IReadOnlyList<string> arguments) =>
        Of(ffmpeg, arguments) with { InBackground = true, ReadyTimeout = Patience, StallLimit = static () => Patience };
}
