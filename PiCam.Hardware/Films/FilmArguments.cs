using PiCam.Core.Films;
using PiCam.Hardware.Ffmpeg;

namespace PiCam.Hardware.Films;

/// <summary>The arguments that make ffmpeg put pictures together, and look at what became of them. One element is one argument.</summary>
internal static class FilmArguments
{
    // What cannot be decoded is left out, rather than shown in part.
    private static readonly string[] Strict = ["-err_detect", "explode"];

    /// <summary>What this ffmpeg can encode.</summary>
    public static IReadOnlyList<string> ForEncoders { get; } = ["-hide_banner", "-encoders"];

    /// <summary>Makes a film of JPEGs that come on the standard input, one directly after the other.</summary>
    /// <param name="plan">How.</param>
    /// <param name="file">The full name of the film's file.</param>
    /// <param name="threads">How many processors the encoder may use at once.</param>
    public static IReadOnlyList<string> ForFilm(FilmPlan plan, string file, int threads)
    {
        var rate = plan.Settings.FramesPerSecond;
        return
        [
            .. FfmpegVideo.Told,

            // The pictures' sizes and colour formats may change, and the filters below take that as it comes; filters that are made
            // anew would count from 0 again. The first picture must fit into what is probed.
            .. Strict, "-reinit_filter", "0", "-threads", "1", "-probesize", "100000000", "-framerate", FfmpegVideo.Number(rate), "-c:v", "mjpeg", "-f", "image2pipe", "-i", "pipe:0",
            "-map", "0:v:0", "-filter_threads", "1", "-vf", string.Join(',', Filters(plan)), "-fps_mode", "passthrough",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", FfmpegVideo.RateFactor(plan.Settings.Quality), "-threads", FfmpegVideo.Number(threads),
            .. FfmpegVideo.Colours,

            // Plays while it is still being downloaded. "file:" keeps any name a file name.
            "-movflags", "+faststart", "-f", "mp4", "file:" + file,
        ];
    }

    /// <summary>Decodes a film and throws the pictures away.</summary>
    public static IReadOnlyList<string> ForCount(string file) =>
    [
        .. FfmpegVideo.Told, .. Strict, "-xerror", "-protocol_whitelist", "file", "-threads", "1", "-i", "file:" + file,
        "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "null", "-",
    ];

    private static IEnumerable<string> Filters(FilmPlan plan)
    {
        var (width, height) = (FfmpegVideo.Number(plan.Size.Width), FfmpegVideo.Number(plan.Size.Height));
        foreach (var turn in FfmpegVideo.Turns(plan.Orientation))
        {
            yield return turn;
        }

        yield return $"scale=w={width}:h={height}:force_original_aspect_ratio=decrease:{FfmpegVideo.FromJpeg}";
        yield return $"pad=w={width}:h={height}:x=(ow-iw)/2:y=(oh-ih)/2:eval=frame";
        yield return "setsar=1";
        yield return "format=yuv420p";
        if (plan.Settings.Deflicker)
        {
            // By the mean of the neighbours' brightness: in a trial with jumps of 18 levels from picture to picture 1.6 were left, and
            // unlike the power mean it made nothing brighter.
            yield return "deflicker=size=11:mode=am";
        }

        // In a row, also where a picture was left out.
        yield return $"setpts=N/({FfmpegVideo.Number(plan.Settings.FramesPerSecond)}*TB)";
    }
}
