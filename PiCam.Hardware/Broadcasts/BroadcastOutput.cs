using System.Net;
using PiCam.Hardware.Network;

namespace PiCam.Hardware.Broadcasts;

/// <summary>What ffmpeg is told of where a stream goes. One element is one argument.</summary>
internal static class BroadcastOutput
{
    // What may stand in an SRT address: nothing that makes ffmpeg listen, or open another file.
    private static readonly string[] SrtOptions = ["streamid", "passphrase", "pbkeylen", "latency", "rcvlatency", "peerlatency"];

    // What ffmpeg itself reads in an RTSP address: the pictures would go by another way than the one that was checked.
    private static readonly string[] RtspOptions = ["udp", "multicast", "tcp", "http", "filter_src"];

    /// <summary>Whether ffmpeg can be told so without being told more.</summary>
    public static bool CanBe(StreamUrl url)
    {
        var query = url.PathAndQuery.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? url.PathAndQuery[(at + 1)..] : "";
        var options = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=')[0]);
        return url.Scheme switch
        {
            "rtsp" or "rtsps" => !options.Any(option => RtspOptions.Contains(option, StringComparer.OrdinalIgnoreCase)),
            "udp" => url.PathAndQuery is "/" or "",
            "srt" => options.All(SrtOptions.Contains),
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
