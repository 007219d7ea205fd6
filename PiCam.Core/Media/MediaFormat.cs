namespace PiCam.Core.Media;

/// <summary>What a file's extension says of it.</summary>
public static class MediaFormat
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["jpg"] = "image/jpeg",
        ["jpeg"] = "image/jpeg",
        ["avi"] = "video/x-msvideo",
        ["mp4"] = "video/mp4",
        ["mkv"] = "video/x-matroska",
        ["webm"] = "video/webm",
    };

    /// <summary>Whether the library takes files of this extension.</summary>
    public static bool IsKnown(string path) => ContentTypes.ContainsKey(Extension(path));

    /// <summary>For HTTP, such as <c>image/jpeg</c>.</summary>
    public static string ContentType(string path) => ContentTypes.GetValueOrDefault(Extension(path), "application/octet-stream");

    /// <summary>Whether it is a picture that can be shown and made smaller.</summary>
    public static bool IsPicture(string path) => ContentType(path) == "image/jpeg";

    private static string Extension(string path) => Path.GetExtension(path).TrimStart('.');
}
