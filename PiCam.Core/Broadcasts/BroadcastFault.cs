namespace PiCam.Core.Broadcasts;

/// <summary>Why the live picture is not sent, in words for the person at the page.</summary>
public static class BroadcastFault
{
    /// <summary>Not one that can be sent to.</summary>
    public static Reason AnAddress { get; } = new(
        "rtsp://, rtsps://, rtmp://, srt:// or udp:// with a host name or a plain IP address (srt and udp with a port), in printable ASCII, at most 2000 characters",
        "broadcast.anAddress");

    /// <summary>Nothing is sent without an address.</summary>
    public static Reason AddressFirst { get; } = new("false, until there is an address", "broadcast.addressFirst");

    /// <summary>The other side ended it.</summary>
    public static Reason Ended { get; } = new("The receiver ended it.", "broadcast.ended");

    /// <param name="error">What went wrong, in English.</param>
    public static Reason Failed(string error) => new($"It could not be sent: {error}.", "broadcast.failed", error);
}
