using System.Globalization;

namespace PiCam.Hardware.V4l2;

/// <summary>A video device, and what came of asking it.</summary>
/// <param name="Path">For example <c>/dev/video0</c>.</param>
/// <param name="Identity">What it says of itself; null when it could not be asked.</param>
/// <param name="Error">Why it could not be asked; null when it could.</param>
internal sealed record V4l2Sighting(string Path, V4l2Identity? Identity, string? Error)
{
    private const string Prefix = "/dev/video";

    /// <summary>All video devices there are now, in the order of their numbers.</summary>
    public static IReadOnlyList<V4l2Sighting> All() =>
    [
        .. Directory.EnumerateFiles("/dev", "video*")
            .Select(path => (path, isNumbered: int.TryParse(path.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number), number))
            .Where(device => device.isNumbered)
            .OrderBy(device => device.number)
            .Select(device => Of(device.path)),
    ];

    private static V4l2Sighting Of(string path)
    {
        try
        {
            using var device = V4l2Device.Open(path);
            return new(path, device.Identity, null);
        }
        catch (V4l2Exception exception)
        {
            return new(path, null, exception.Message);
        }
    }
}
