namespace PiCam.Blazor.Streams;

/// <summary>How the live picture leaves the panel beside HTTP, from the configuration section <c>Stream</c>.</summary>
public sealed class StreamOptions
{
    public const string Section = "Stream";

    /// <summary>
    /// Where raw MJPEG is handed to whoever connects by TCP, an IP address with a port such as <c>192.168.1.20:8000</c>. Nobody is asked who they are.
    /// Null: nowhere.
    /// </summary>
    public string? Listen { get; set; }
}
