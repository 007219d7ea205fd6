using PiCam.Core.Frames;

namespace PiCam.Core.Packets;

/// <summary>
/// How long the camera's frames last: as it says, or as was seen if that has been another time for a while. An encoder spends its bits by what it is told,
/// and not every camera knows: webcams are slower in the dark. One for the films of all rungs, who see the same frames.
/// </summary>
internal sealed class CameraRate
{
    // More or less by less than this part is the same.
    private const double Same = 1.3;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private const int LeastFrames = 4;

    // So many times in a row it is no gap, and no burst.
    private const int ToBelieve = 2;

    // Nor is it one if no frame comes for longer than so many.
    private const int Longest = 4;

    private readonly Lock gate = new();
    private TimeSpan newest;
    private (TimeSpan Time, long Sequence)? began;
    private int others;
    private (TimeSpan Said, TimeSpan Lasts)? seen;

    /// <summary>How long a frame lasts.</summary>
    /// <param name="said">What the camera says.</param>
    public TimeSpan Lasts(TimeSpan said)
    {
        lock (gate)
        {
            return Known(said);
        }
    }

    /// <summary>Looks at the next frame that was taken from the camera; some may have been skipped, and another film may have been quicker.</summary>
    /// <param name="frame">It.</param>
    /// <param name="said">What the camera said when the film began.</param>
    /// <param name="told">What its encoder was told.</param>
    /// <returns>Whether that is wrong now.</returns>
    public bool IsAnother(Frame frame, TimeSpan said, TimeSpan told)
    {
        lock (gate)
        {
            Look(frame, said);
            return !IsSame(Known(said), told);
        }
    }

    private static bool IsSame(TimeSpan one, TimeSpan other) => one / other is <= Same and >= 1 / Same;

    /// <summary>Call under the lock.</summary>
    private TimeSpan Known(TimeSpan said) => seen is { } known && IsSame(said, known.Said) ? known.Lasts : said;

    /// <summary>Call under the lock.</summary>
    private void Look(Frame frame, TimeSpan said)
    {
        var lasts = Known(said);
        var (time, number) = (frame.Metadata.SensorTimestamp, frame.Sequence);
        var step = time - newest;
        if (step <= TimeSpan.Zero && step > -Length)
        {
            return;
        }

        newest = time;
        if (began is not { } from || step < TimeSpan.Zero || step > (Length > Longest * lasts ? Length : Longest * lasts))
        {
            // Its clock began anew, or nobody watched.
            (began, others) = ((time, number), 0);
        }
        else if (time - from.Time >= Length && number - from.Sequence >= LeastFrames)
        {
            began = (time, number);
            var lasted = (time - from.Time) / (number - from.Sequence);
            others = IsSame(lasted, lasts) ? 0 : others + 1;
            if (others >= ToBelieve)
            {
                (seen, others) = ((said, lasted), 0);
            }
        }
    }
}
