using System.Globalization;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>The arguments that make ffmpeg give a source's pictures as JPEGs on its standard output. One element is one argument.</summary>
internal static class FfmpegArguments
{
    private static readonly string[] Quiet = ["-nostdin", "-hide_banner", "-loglevel", "repeat+warning"];

    private static readonly string[] JpegsToOutput = ["-f", "image2pipe", "-flush_packets", "1", "pipe:1"];

    // JPEG is full range; newer swscale warns about the yuvj formats, and the encoder calls this spelling unofficial.
    private static readonly string[] FullRange = ["-color_range", "pc", "-strict", "unofficial"];

    /// <summary>Plays a video file in a loop, in real time.</summary>
    public static IReadOnlyList<string> ForFile(FfmpegCameraOptions options) =>
    [
        .. Quiet,

        // A playlist in disguise must not reach the network.
        "-protocol_whitelist", "file,pipe",

        // In real time, for ever. "file:" keeps a name such as "-y", "http://x" or "a:b" a file name.
        "-re", "-stream_loop", "-1", "-i", "file:" + Path.GetFullPath(options.Path),

        .. Encoded(options, options.Quality),
    ];

    /// <summary>Streams a video device.</summary>
    /// <param name="options">The largest picture and its quality.</param>
    /// <param name="device">For example <c>/dev/video0</c>.</param>
    /// <param name="inputFormat">ffmpeg's name of the device's pixel format; null: ffmpeg chooses.</param>
    /// <param name="size">The device's own size; null: as it is set.</param>
    /// <param name="framesPerSecond">One of the device's rates; null: as it is set.</param>
    /// <param name="copied">Whether the device's JPEGs are passed on as they are.</param>
    /// <param name="quality">JPEG quality, 1 to 100, of pictures that are not.</param>
    public static IReadOnlyList<string> ForDevice(
        FfmpegCameraOptions options, string device, string? inputFormat, PixelSize? size, double? framesPerSecond, bool copied, int quality) =>
    [
        .. Quiet,
        "-f", "v4l2",
        .. inputFormat is null ? [] : (string[])["-input_format", inputFormat],
        .. size is { } s ? (string[])["-video_size", string.Create(CultureInfo.InvariantCulture, $"{s.Width}x{s.Height}")] : [],
        .. framesPerSecond is { } rate ? (string[])["-framerate", rate.ToString("0.####", CultureInfo.InvariantCulture)] : [],
        "-i", device,
        .. copied ? (string[])["-map", "0:v:0", "-c:v", "copy", .. JpegsToOutput] : Live(options, quality),
    ];

    /// <summary>Streams a network camera.</summary>
    /// <param name="options">The largest picture and its quality.</param>
    /// <param name="inputOptions">What goes before the address.</param>
    /// <param name="address">With an IP literal as its host.</param>
    public static IReadOnlyList<string> ForNetwork(FfmpegCameraOptions options, IEnumerable<string> inputOptions, string address) =>
        [.. Quiet, .. inputOptions, "-i", address, .. Live(options, options.Quality)];

    /// <summary>ffmpeg's quantiser, 2 (best) to 31, for a JPEG quality of 100 to 1.</summary>
    public static int QuantiserFor(int quality) => (int)Math.Round(31 - ((quality - 1) * 29 / 99.0));

    // A live source has its own times: none of its frames is doubled or left out to keep to a rate. The encoder counts time in
    // frames of the nominal rate, and ends ffmpeg at two frames in one tick, as a busy machine delivers them; nobody reads
    // its times here, so each frame gets a second of its own.
    private static string[] Live(FfmpegCameraOptions options, int quality) =>
        ["-fps_mode", "passthrough", .. Encoded(options, quality, ",setpts=N/TB")];

    private static string[] Encoded(FfmpegCameraOptions options, int quality, string timing = "") =>
    [
        "-map", "0:v:0", "-vf", Scale(options) + timing, "-c:v", "mjpeg", .. FullRange,
        "-q:v", QuantiserFor(quality).ToString(CultureInfo.InvariantCulture),
        .. JpegsToOutput,
    ];

    private static string Scale(FfmpegCameraOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"scale=w=min({options.MaximumWidth}\\,iw):h=min({options.MaximumHeight}\\,ih):force_original_aspect_ratio=decrease:force_divisible_by=2:out_range=pc,format=yuv420p");
}
