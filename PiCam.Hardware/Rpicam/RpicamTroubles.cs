using PiCam.Core;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Rpicam;

/// <summary>From rpicam-vid's and libcamera's own words to reasons that say what to do (rpicam-apps, core/rpicam_app.cpp).</summary>
internal static class RpicamTroubles
{
    // libcamera's levels below a warning, and what rpicam-vid says of a start that goes well.
    private static readonly string[] Chatter =
        ["]  INFO ", "] DEBUG ", "Mode selection for ", " - Score: ", "Stream configuration adjusted", "Running without preview window"];

    /// <summary>Whether a line explains nothing.</summary>
    public static bool IsChatter(string line) => Chatter.Any(words => line.Contains(words, StringComparison.Ordinal));

    /// <summary>The reason in a line that rpicam-vid ends with, such as "ERROR: *** no cameras available ***".</summary>
    public static Reason? Last(string line, string? id) =>
        !line.StartsWith("ERROR: ***", StringComparison.Ordinal) ? null
        : line.Contains("no cameras available", StringComparison.Ordinal) ? NoCamera()
        : line.Contains("selected camera is not available", StringComparison.Ordinal) ? id is null ? NoCamera() : CameraLoss.NotOfThisId(id)
        : line.Contains("failed to acquire camera", StringComparison.Ordinal) ? CameraLoss.Busy
        : null;

    /// <summary>What a line of libcamera explains, if rpicam-vid ends over it; it may also go on.</summary>
    public static Reason? Hint(string line) =>
        line.Contains("Device or resource busy", StringComparison.Ordinal)
            || line.Contains("in use by another process", StringComparison.Ordinal) ? CameraLoss.Busy
        : line.Contains("Permission denied", StringComparison.Ordinal) ? CameraLoss.Forbidden
        : line.Contains("frontend has timed out", StringComparison.Ordinal) ? CameraLoss.Unplugged
        : null;

    /// <summary>There is no camera, or none that this user may see: libcamera passes over devices that it cannot open.</summary>
    public static Reason NoCamera() =>
        Directory.EnumerateFiles("/dev", "media*").Any(IsForbidden) ? CameraLoss.Forbidden : CameraLoss.NotConnected;

    private static bool IsForbidden(string device)
    {
        try
        {
            using var handle = File.OpenHandle(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            // Gone or busy, which is not a question of rights.
            return false;
        }
    }
}
