using System.Globalization;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>The arguments that make ffmpeg play a video file in a loop as JPEGs on its standard output.</summary>
internal static class FfmpegArguments
{
    /// <summary>One element is one argument.</summary>
    public static IReadOnlyList<string> For(FfmpegCameraOptions options) =>
    [
        "-nostdin", "-hide_banner", "-loglevel", "repeat+warning",

        // A playlist in disguise must not reach the network.
        "-protocol_whitelist", "file,pipe",

        // In real time, for ever. "file:" keeps a name such as "-y", "http://x" or "a:b" a file name.
        "-re", "-stream_loop", "-1", "-i", "file:" + System.IO.Path.GetFullPath(options.Path),

        "-map", "0:v:0", "-vf", Scale(options),

        // JPEG is full range; newer swscale warns about the yuvj formats, and the encoder calls this spelling unofficial.
        "-c:v", "mjpeg", "-color_range", "pc", "-strict", "unofficial",
        "-q:v", QuantiserFor(options.Quality).ToString(CultureInfo.InvariantCulture),

        "-f", "image2pipe", "-flush_packets", "1", "pipe:1",
    ];

    /// <summary>ffmpeg's quantiser, 2 (best) to 31, for a JPEG quality of 100 to 1.</summary>
    public static int QuantiserFor(int quality) => (int)Math.Round(31 - ((quality - 1) * 29 / 99.0));

    private static string Scale(FfmpegCameraOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"scale=w=min({options.MaximumWidth}\\,iw):h=min({options.MaximumHeight}\\,ih):force_original_aspect_ratio=decrease:force_divisible_by=2:out_range=pc,format=yuv420p");
}
