using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Rpicam;

/// <summary>Where Raspberry Pi's own camera program is.</summary>
internal static class RpicamProgram
{
    // The second is its name up to 2023.
    private static readonly string[] Names = ["rpicam-vid", "libcamera-vid"];

    /// <summary>The program's absolute path; null when it is nowhere.</summary>
    /// <param name="given">A path or a name; null: the usual names.</param>
    public static string? Find(string? given) =>
        given is null ? Names.Select(SearchPath.Find).FirstOrDefault(path => path is not null) : SearchPath.Find(given);
}
