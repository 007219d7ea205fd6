using System.Globalization;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>The arguments that all films have in common, whatever they are made of.</summary>
internal static class FfmpegVideo
{
    /// <summary>Only what is wrong is said, on the standard error.</summary>
    public static IReadOnlyList<string> Quiet { get; } = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "repeat+error"];

    /// <summary><see cref="Quiet"/>, and progress comes on the standard output, as <see cref="FfmpegProgress"/> reads it.</summary>
    public static IReadOnlyList<string> Told { get; } = [.. Quiet, "-progress", "pipe:1"];

    /// <summary>What the scale filter does to JPEG's colours, BT.601 at full range: players take films for BT.709 at limited range.</summary>
    public const string FromJpeg = "in_color_matrix=bt601:in_range=pc:out_color_matrix=bt709:out_range=tv";

    /// <summary>Says in the film what <see cref="FromJpeg"/> made.</summary>
    public static IReadOnlyList<string> Colours { get; } =
        ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];

    /// <summary>x264's constant rate factor, where less is better: 17, which looks like the pictures, for a quality of 100; 40 for 1.</summary>
    public static string RateFactor(int quality) => Number((int)Math.Round(40 - ((quality - 1) * 23 / 99.0)));

    /// <summary>The unit of a frame's time in MP4, 1/90 000 s: exact to 11 µs, and what broadcasters use.</summary>
    public static IReadOnlyList<string> TimeScale { get; } = ["-video_track_timescale", "90000"];

    /// <summary>What the scale filter does to a film's colours to make a JPEG: the opposite of <see cref="FromJpeg"/>.</summary>
    public const string ToJpeg = "in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc";

    /// <summary>The filters that do what one of Exif's eight orientations (Exif 2.32, tag 0x0112) asks a viewer to do.</summary>
    public static IReadOnlyList<string> Turns(int orientation) => orientation switch
    {
        2 => ["hflip"],
        3 => ["hflip", "vflip"],
        4 => ["vflip"],
        5 => ["transpose=cclock_flip"],
        6 => ["transpose=clock"],
        7 => ["transpose=clock_flip"],
        8 => ["transpose=cclock"],
        _ => [],
    };

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
