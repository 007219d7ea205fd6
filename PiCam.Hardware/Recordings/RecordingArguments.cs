using System.Globalization;
using PiCam.Core.Recordings;

namespace PiCam.Hardware.Recordings;

/// <summary>The arguments that make ffmpeg record, look at recordings, and copy them. One element is one argument.</summary>
internal static class RecordingArguments
{
    /// <summary>The encoders to try, best first: the one in the chip of a Raspberry Pi up to the 4, then the one that runs everywhere.</summary>
    public static IReadOnlyList<string> Encoders { get; } = ["h264_v4l2m2m", "libx264"];

    private static readonly string[] Quiet = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "repeat+error"];

    // Progress comes as lines of key=value on the standard output.
    private static readonly string[] Progress = ["-progress", "pipe:1"];

    /// <summary>Encodes one second of a test picture and throws it away: whether an encoder works here is not told by its being built in.</summary>
    public static IReadOnlyList<string> ForTrial(string encoder) =>
    [
        .. Quiet, "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30:duration=1", "-pix_fmt", "yuv420p", .. Encoder(encoder, 50, 720, 30), "-f", "null", "-",
    ];

    /// <summary>Records what comes on the standard input as <see cref="MatroskaWriter"/> writes it.</summary>
    /// <param name="plan">How.</param>
    /// <param name="encoder">One of <see cref="Encoders"/>.</param>
    /// <param name="file">The full name of the file.</param>
    public static IReadOnlyList<string> ForRecording(RecordingPlan plan, string encoder, string file) =>
    [
        .. Quiet, .. Progress,

        // Nothing is waited for to guess the rate: the track says it, and each frame has its own time. With "nobuffer" the first frame went lost.
        "-analyzeduration", "0", "-fpsprobesize", "0", "-f", "matroska", "-i", "pipe:0",

        // JPEG is BT.601 at full range; players take films of this kind for BT.709 at limited range.
        "-map", "0:v:0", "-vf", "scale=in_color_matrix=bt601:in_range=pc:out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p",

        // Every frame, at its own time: neither doubled nor left out to fit a rate.
        "-fps_mode", "passthrough", "-enc_time_base", "-1",
        .. Encoder(encoder, plan.Quality, plan.Size.Height, 1 / plan.FrameDuration.TotalSeconds),
        "-force_key_frames", "expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+1))",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",

        // In parts of a second that can be played each by itself. "file:" keeps any name a file name.
        "-video_track_timescale", "90000", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-flush_packets", "1", "-f", "mp4", "file:" + file,
    ];

    /// <summary>Decodes as much as can be decoded, and throws the pictures away.</summary>
    public static IReadOnlyList<string> ForInspection(string file) =>
    [
        .. Quiet, .. Progress, "-protocol_whitelist", "file", "-threads", "1", "-i", "file:" + file, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "null", "-",
    ];

    /// <summary>Copies without encoding; what players need first comes first.</summary>
    public static IReadOnlyList<string> ForCopy(string file, string target) =>
    [
        .. Quiet, .. Progress, "-protocol_whitelist", "file", "-i", "file:" + file, "-map", "0:v:0", "-c", "copy", "-movflags", "+faststart", "-f", "mp4", "file:" + target,
    ];

    private static string[] Encoder(string encoder, int quality, int height, double rate) => encoder switch
    {
        // Without frames that wait for later ones: what was seen two seconds ago must be in the file, at any rate.
        "libx264" => ["-c:v", "libx264", "-preset", "superfast", "-tune", "zerolatency", "-crf", Number(RateFactor(quality))],

        // The chip knows bits a second only. 12 Mbit/s at 1080p30 for a quality of 70.
        _ => ["-c:v", encoder, "-b:v", Number(BitRate(quality, height, rate))],
    };

    /// <summary>x264's constant rate factor, where less is better: 17, which looks like the pictures, for a quality of 100; 40 for 1.</summary>
    private static int RateFactor(int quality) => (int)Math.Round(40 - ((quality - 1) * 23 / 99.0));

    private static int BitRate(int quality, int height, double rate) =>
        (int)Math.Clamp(12e6 * Math.Pow(2, (quality - 70) / 20.0) * height * height / (1080.0 * 1080) * Math.Max(1, rate) / 30, 200e3, 25e6);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
