using PiCam.Core.Packets;
using PiCam.Core.Recordings;
using PiCam.Hardware.Ffmpeg;

namespace PiCam.Hardware.Recordings;

/// <summary>The arguments that make ffmpeg record. One element is one argument.</summary>
internal static class RecordingArguments
{
    /// <summary>The encoders to try, best first: the one in the chip of a Raspberry Pi up to the 4, then the one that runs everywhere.</summary>
    public static IReadOnlyList<string> Encoders { get; } = ["h264_v4l2m2m", "libx264"];

    /// <summary>Encodes one second of a test picture and throws it away: whether an encoder works here is not told by its being built in.</summary>
    public static IReadOnlyList<string> ForTrial(string encoder) =>
    [
        .. FfmpegVideo.Quiet, "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30:duration=1", "-pix_fmt", "yuv420p", .. Encoder(encoder, 50, 720, 30), "-f", "null", "-",
    ];

    /// <summary>Records what comes on the standard input as <see cref="MatroskaWriter"/> writes it.</summary>
    /// <param name="plan">How.</param>
    /// <param name="encoder">One of <see cref="Encoders"/>.</param>
    /// <param name="file">The full name of the file.</param>
    public static IReadOnlyList<string> ForRecording(RecordingPlan plan, string encoder, string file) =>
        [.. FfmpegVideo.Told, .. Encoding(plan, encoder), .. Parts, "file:" + file];

    /// <summary>The same for somebody who watches: the film comes on the standard output, a part of it with each frame.</summary>
    /// <inheritdoc cref="ForRecording"/>
    public static IReadOnlyList<string> ForWatching(RecordingPlan plan, string encoder) =>
        [.. FfmpegVideo.Quiet, "-threads", "1", .. Encoding(plan, encoder), .. Parts, .. encoder == "libx264" ? [] : LateHeader, "-frag_duration", "1", "pipe:1"];

    /// <summary>The same for somebody who receives it over the network.</summary>
    /// <param name="plan">How.</param>
    /// <param name="encoder">One of <see cref="Encoders"/>.</param>
    /// <param name="output">The format, its options, and the address.</param>
    public static IReadOnlyList<string> ForSending(RecordingPlan plan, string encoder, IReadOnlyList<string> output) =>
        [.. FfmpegVideo.Told, "-threads", "1", .. Encoding(plan, encoder), "-flush_packets", "1", .. output];

    // A chip tells with its first packet only what a decoder must know.
    private static string[] LateHeader => ["-movflags", Fragments + "+delay_moov"];

    private const string Fragments = "+frag_keyframe+empty_moov+default_base_moof";

    // In parts of a second that can be played each by itself. "file:" keeps any name a file name.
    private static string[] Parts => [.. FfmpegVideo.TimeScale, "-movflags", Fragments, "-flush_packets", "1", "-f", "mp4"];

    private static string[] Encoding(RecordingPlan plan, string encoder) =>
    [
        // Nothing is waited for to guess the rate: the track says it, and each frame has its own time. With "nobuffer" the first frame went lost.
        "-analyzeduration", "0", "-fpsprobesize", "0",

        // Decoders that work on several frames at once hold some back.
        "-threads", "1", "-f", "matroska", "-i", "pipe:0",

        "-filter_complex", Filters(plan), "-map", "[film]",

        // Every frame, at its own time of whole microseconds: neither doubled nor left out to fit a rate.
        "-fps_mode", "passthrough", "-enc_time_base", "1:1000000",
        .. plan.Live is { } live ? LiveEncoder(encoder, plan.Quality, live) : Encoder(encoder, plan.Quality, plan.Size.Height, 1 / plan.FrameDuration.TotalSeconds),
        "-force_key_frames", plan.Live is null ? "expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+1))" : "expr:mod(round(t*1000000),2)",
        .. FfmpegVideo.Colours,
    ];

    private static string Filters(RecordingPlan plan)
    {
        var size = plan.Live is { Size: var live } ? $"w={FfmpegVideo.Number(live.Width)}:h={FfmpegVideo.Number(live.Height)}:flags=fast_bilinear:" : "";
        var frames = string.Join(',', [.. FfmpegVideo.Turns(plan.Turn), $"scale={size}{FfmpegVideo.FromJpeg}", "setsar=1", "format=yuv420p"]);
        return plan.Stamp is { } stamp
            ? $"[0:v:0]{frames}[frames];[0:v:1]scale=out_color_matrix=bt709:out_range=tv,format=yuva420p[stamps];[frames][stamps]overlay=y={stamp.Top}:format=yuv420[film]"
            : $"[0:v:0]{frames}[film]";
    }

    private static string[] Encoder(string encoder, int quality, int height, double rate) => encoder switch
    {
        // Without frames that wait for later ones: what was seen two seconds ago must be in the file, at any rate.
        "libx264" => ["-c:v", "libx264", "-preset", "superfast", "-tune", "zerolatency", "-crf", FfmpegVideo.RateFactor(quality)],

        // The chip knows bits a second only. 12 Mbit/s at 1080p30 for a quality of 70.
        _ => ["-c:v", encoder, "-b:v", FfmpegVideo.Number(BitRate(quality, height, rate))],
    };

    // Bits. Less shows nothing, and tells nothing of the link; more is a fifth of a second at 1.6 Mbit/s.
    private const int LeastKey = 64_000;
    private const int LargestKey = 320_000;

    // Key frames seldom, and when asked for: they are what fills a slow link. The cap holds over a seventh of a second, so that none is
    // long under way. They are better than the rest, which looks as good as they do where nothing moves.
    private static string[] LiveEncoder(string encoder, int quality, FilmPlan live) => encoder switch
    {
        "libx264" =>
        [
            .. Encoder(encoder, quality, 0, 0), "-maxrate", FfmpegVideo.Number(live.BitRate), "-bufsize", FfmpegVideo.Number(Math.Clamp(live.BitRate / 7, LeastKey, LargestKey)),
            "-g", "150", "-sc_threshold", "0", "-i_qfactor", "0.35",
        ],
        _ => ["-c:v", encoder, "-b:v", FfmpegVideo.Number(live.BitRate), "-g", "150"],
    };

    private static int BitRate(int quality, int height, double rate) =>
        (int)Math.Clamp(12e6 * Math.Pow(2, (quality - 70) / 20.0) * height * height / (1080.0 * 1080) * Math.Max(1, rate) / 30, 200e3, 25e6);
}
