using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Libcamera;

/// <summary>Where the camera helper is.</summary>
internal static class HelperPlace
{
    /// <summary>The program's name.</summary>
    public const string Name = "picam-camera";

    // Native/build-camera puts it there.
    private const string Installed = "/usr/local/lib/picam/" + Name;

    /// <summary>The helper's absolute path; null when it is nowhere.</summary>
    /// <param name="configured">What Camera:Helper says; then nothing else counts.</param>
    public static string? Find(string? configured) => string.IsNullOrWhiteSpace(configured)
        ? SearchPath.Find(Installed) ?? SearchPath.Find(Path.Combine(AppContext.BaseDirectory, Name)) ?? SearchPath.Find(Name)
        : SearchPath.Find(configured);
}
