using System.Globalization;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>How far ffmpeg is, as <c>-progress pipe:1</c> says it.</summary>
/// <param name="Frames">Pictures that are through.</param>
/// <param name="Time">The time of the film by now.</param>
internal readonly record struct FfmpegProgress(long Frames, TimeSpan Time)
{
    private const string FramesKey = "frame=";
    private const string TimeKey = "out_time_us=";

    /// <summary>Reads to ffmpeg's end.</summary>
    /// <param name="child">ffmpeg.</param>
    /// <param name="told">Called for each step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="byFramesOnly">Whether ffmpeg counts as hung when it says something, but no picture comes through.</param>
    /// <returns>What it said last.</returns>
    public static async Task<FfmpegProgress> ReadAsync(ChildProcess child, Action<FfmpegProgress> told, CancellationToken cancellationToken, bool byFramesOnly = false)
    {
        using var lines = new StreamReader(child.Output.AsStream(leaveOpen: true));
        var progress = default(FfmpegProgress);
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (!byFramesOnly)
            {
                child.Progress();
            }

            if (Number(line, FramesKey) is { } frames)
            {
                if (frames > progress.Frames)
                {
                    child.Progress();
                }

                progress = progress with { Frames = frames };
                told(progress);
            }
            else if (Number(line, TimeKey) is { } microseconds)
            {
                progress = progress with { Time = TimeSpan.FromMicroseconds(microseconds) };
            }
        }

        return progress;
    }

    private static long? Number(string line, string key) =>
        line.StartsWith(key, StringComparison.Ordinal)
        && long.TryParse(line.AsSpan(key.Length), NumberStyles.AllowLeadingWhite | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
