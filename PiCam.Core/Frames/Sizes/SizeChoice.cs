namespace PiCam.Core.Frames.Sizes;

/// <summary>
/// Chooses the size for one viewer by how long its pictures take until they are acknowledged: smaller as soon as that is too long,
/// larger when a larger one would be quick enough for a while. What a smaller picture does not shorten is the way there and back, and is no
/// reason for a smaller one. A step up that turns out wrong makes the next try wait longer.
/// </summary>
public sealed class SizeChoice
{
    /// <summary>Slower than this is too slow: fewer than eight pictures a second, and a click waits behind each of them (measured).</summary>
    public static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(120);

    // A step up must promise to stay well below that.
    private static readonly TimeSpan Promise = TimeSpan.FromMilliseconds(100);

    // A quarter of a second at 30 fps: long enough for one hiccup of a radio not to count.
    private const int FramesToJudge = 8;

    // With five sizes, from the smallest to the whole in less than five seconds.
    private const int FramesToRise = 30;
    private const int MostFramesToRise = 1800;

    // JPEGs of the same scene grow a little less than their area.
    private const double BytesByWidth = 1.8;

    private static readonly FrameSize[] Sizes = [.. Enum.GetValues<FrameSize>().Order()];

    private int index = Sizes.Length - 1;
    private double smoothed;
    private int judged;
    private int quick;
    private int patience = FramesToRise;

    // Frames since the last step, where that was one up.
    private int? sinceRise;

    // Milliseconds that a picture takes however small it is; and what the size before the present one took.
    private double way;
    private (int Index, double Took)? former;

    /// <summary>What to send next.</summary>
    public FrameSize Size => Sizes[index];

    /// <summary>Notes how long the picture that was sent last took until the browser had drawn it.</summary>
    public void Acknowledged(TimeSpan took)
    {
        judged++;
        sinceRise++;

        // The first ones weigh more: a step is judged by what came after it.
        var weight = Math.Max(0.2, 1.0 / judged);
        smoothed += (took.TotalMilliseconds - smoothed) * weight;
        if (judged == FramesToJudge && former is { } other)
        {
            MeasureTheWay(other.Index, other.Took);
        }

        if (judged >= FramesToJudge && Carried > Slowest.TotalMilliseconds && index > 0)
        {
            Fall();
        }
        else if (judged >= FramesToJudge && index < Sizes.Length - 1)
        {
            quick = Carried * BytesOf(index + 1) / BytesOf(index) < Promise.TotalMilliseconds ? quick + 1 : 0;
            if (quick >= patience)
            {
                Step(index + 1);
                sinceRise = 0;
            }
        }
    }

    // What the picture's bytes take of it.
    private double Carried => Math.Max(0, smoothed - way);

    // Two sizes and what each took: bytes cost their share, and the rest is the way.
    private void MeasureTheWay(int other, double took)
    {
        var ratio = BytesOf(index) / BytesOf(other);
        way = Math.Clamp((smoothed - (ratio * took)) / (1 - ratio), 0, Math.Min(smoothed, took));
        former = null;
    }

    private void Fall()
    {
        // What was tried did not hold.
        patience = sinceRise < 4 * FramesToRise ? Math.Min(2 * patience, MostFramesToRise) : FramesToRise;
        var to = index - 1;
        while (to > 0 && Carried * BytesOf(to) / BytesOf(index) > Slowest.TotalMilliseconds)
        {
            to--;
        }

        Step(to);
        sinceRise = null;
    }

    private void Step(int to)
    {
        former = (index, smoothed);
        (index, judged, quick, smoothed) = (to, 0, 0, 0);
    }

    // In units of their own: they are compared only.
    private static double BytesOf(int size) => Math.Pow((double)Sizes[size], BytesByWidth);
}
