using System.Net;
using PiCam.Hardware.Network;

namespace PiCam.Hardware.Broadcasts;

/// <summary>What ffmpeg is told of where a stream goes. One element is one argument.</summary>
internal static class BroadcastOutput
{
    // What may stand in an SRT address: nothing that makes ffmpeg listen, or open another file.
    private static readonly string[] SrtOptions = ["streamid", "passphrase", "pbkeylen", "latency", "rcvlatency", "peerlatency"];

    /// <summary>Whether ffmpeg can be told so without being told more.</summary>
    public static bool CanBe(StreamUrl url)
    {
        var query = url.PathAndQuery.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? url.PathAndQuery[(at + 1)..] : "";
        return url.Scheme switch
        {
            "udp" => url.PathAndQuery is "/" or "",
            "srt" => query.Length == 0 || query.Split('&').All(option => SrtOptions.Contains(option.Split('=')[0])),
            _ => true,
        };
    }

    /// <param name="url">Where to, as somebody said it.</param>
    /// <param name="place">Where to, as it was checked.</param>
    public static IReadOnlyList<string> Of(StreamUrl url, IPEndPoint place) => url.Scheme switch
    {
        "rtmp" => ["-flvflags", "no_duration_filesize", "-f", "flv", url.For("rtmp", place)],
        "srt" => ["-f", "mpegts", url.For("srt", place)],

        // Seven packets of MPEG-TS, as many as an Ethernet frame holds.
        "udp" => ["-f", "mpegts", $"udp://{place}?pkt_size=1316"],
        _ => ["-rtsp_transport", "tcp", "-f", "rtsp", url.For("rtsp", place)],
    };
}
