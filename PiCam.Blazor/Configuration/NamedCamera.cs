using PiCam.Core.Cameras;

namespace PiCam.Blazor.Configuration;

/// <summary>Which cameras a page or a backup may name. The validators do not ask, because whoever has the console may name any.</summary>
internal static class NamedCamera
{
    private const string IdKey = "Camera:Id";
    private const string PathKey = "Camera:Path";

    // Where the kernel's own files are: a name there is a device, never a film.
    private static readonly string[] Devices = ["/dev", "/proc", "/sys"];

    /// <summary>Whether a value names a camera of this machine, rather than an address, a film or something else.</summary>
    public static bool IsMeant(PanelKey key, string value) => key.Name == IdKey || (key.Name == PathKey && IsDevice(value, out _));

    /// <summary>Whether such a camera is among those that were found.</summary>
    public static bool IsAmong(IReadOnlyList<DetectedCamera> detected, PanelKey key, string value)
    {
        if (key.Name == IdKey)
        {
            return detected.Any(camera => camera.Source != CameraSource.Webcam && camera.Id == value);
        }

        return IsDevice(value, out var target) && detected.Any(camera => camera.Source == CameraSource.Webcam && camera.Id == target);
    }

    private static bool IsDevice(string path, out string target)
    {
        target = path;
        if (path.Length == 0 || path.Contains("://", StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        var full = Path.GetFullPath(path);
        try
        {
            target = new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            target = full;
        }

        var resolved = target;
        return Devices.Any(folder => resolved.StartsWith(folder + "/", StringComparison.Ordinal) || full.StartsWith(folder + "/", StringComparison.Ordinal));
    }
}
