using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Rpicam;

/// <summary>Where Raspberry Pi's own camera program is.</summary>
internal static class RpicamProgram
{
    // The second is its name up to 2023.
    private static readonly string[] Names = ["rpicam-vid", "libcamera-vid"];

    /// <summary>The name of the program that takes stills, beside the one that streams.</summary>
    /// <param name="executable">The absolute path of the one that streams.</param>
    public static string StillPath(string executable) => Path.Combine(
        Path.GetDirectoryName(executable) ?? "",
        Path.GetFileName(executable).Contains("libcamera", StringComparison.Ordinal) ? "libcamera-still" : "rpicam-still");

    /// <summary>The program's absolute path; null when it is nowhere.</summary>
    /// <param name="given">A path or a name; null: the usual names.</param>
    public static string? Find(string? given) =>
        given is null ? Names.Select(SearchPath.Find).FirstOrDefault(path => path is not null) : SearchPath.Find(given);
}
