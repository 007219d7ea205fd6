using System.Globalization;
using PiCam.Hardware.Ffmpeg;

namespace PiCam.Hardware.Films;

/// <summary>The arguments that make ffmpeg look into films and copy them. One element is one argument; "file:" keeps any name a file name.</summary>
internal static class FilmFileArguments
{
    // A film's rounding of times, and less than any frame lasts.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private static readonly string[] OnlyFiles = ["-protocol_whitelist", "file", "-threads", "1"];
    private static readonly string[] TheVideo = ["-map", "0:v:0"];

    /// <summary>Decodes as much as can be decoded, and throws the pictures away.</summary>
    public static IReadOnlyList<string> ForInspection(string file) =>
        [.. FfmpegVideo.Told, .. OnlyFiles, "-i", "file:" + file, .. TheVideo, "-fps_mode", "passthrough", "-f", "null", "-"];

    /// <summary>Gives the first picture at a time or after it, as a JPEG.</summary>
    public static IReadOnlyList<string> ForFrame(string file, TimeSpan at) =>
    [
        .. FfmpegVideo.Quiet, .. OnlyFiles, "-ss", Seconds(at > Tolerance ? at - Tolerance : TimeSpan.Zero), "-i", "file:" + file, .. TheVideo, "-frames:v", "1",
        "-vf", $"scale={FfmpegVideo.ToJpeg},format=yuvj420p", "-c:v", "mjpeg", "-q:v", "2", "-f", "image2pipe", "-",
    ];

    /// <summary>Copies the frames as they are, with an index at the beginning.</summary>
    public static IReadOnlyList<string> ForIndex(string source, string target) => [.. FfmpegVideo.Told, .. OnlyFiles, "-i", "file:" + source, .. Copy(target)];

    /// <summary>Copies the frames from the last key frame before a time to another time.</summary>
    public static IReadOnlyList<string> ForCut(string source, string target, TimeSpan from, TimeSpan to) =>
    [
        .. FfmpegVideo.Told, .. OnlyFiles, "-ss", Seconds(from), "-to", Seconds(to), "-i", "file:" + source,
        "-copypriorss", "1", "-avoid_negative_ts", "make_zero", .. Copy(target),
    ];

    /// <summary>Says of each frame, undecoded, its times, length and hash: <c>stream, dts, pts, duration, size, hash</c>.</summary>
    public static IReadOnlyList<string> ForHashes(string file) =>
        [.. FfmpegVideo.Quiet, .. OnlyFiles, "-i", "file:" + file, .. TheVideo, "-c", "copy", "-f", "framehash", "-hash", "md5", "-"];

    private static string[] Copy(string target) =>
        [.. TheVideo, "-c", "copy", .. FfmpegVideo.TimeScale, "-movflags", "+faststart", "-f", "mp4", "file:" + target];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
}
