using PiCam.Core.Frames;

namespace PiCam.Core.Packets;

/// <summary>Sees when the camera's rate has become another than the one that an encoder was told; a gap or a burst is none.</summary>
/// <param name="told">How long a frame was said to last.</param>
internal sealed class RateWatch(TimeSpan told)
{
    // More or less by less than this part is the same.
    private const double Same = 1.3;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private const int LeastFrames = 4;

    // So many times in a row it is no gap.
    private const int ToBelieve = 2;

    private (TimeSpan Time, long Sequence)? began;
    private int others;

    /// <summary>Looks at the next frame that was taken from the camera; some may have been skipped.</summary>
    /// <returns>How long frames last now, if that has been another time for a while.</returns>
    public TimeSpan? Another(Frame frame)
    {
        var (time, number) = (frame.Metadata.SensorTimestamp, frame.Sequence);
        if (began is not { } from)
        {
            began = (time, number);
            return null;
        }

        if (time - from.Time < Length || number - from.Sequence < LeastFrames)
        {
            return null;
        }

        began = (time, number);
        var lasts = (time - from.Time) / (number - from.Sequence);
        others = (lasts / told) is > Same or < 1 / Same ? others + 1 : 0;
        return others >= ToBelieve ? lasts : null;
    }
}
