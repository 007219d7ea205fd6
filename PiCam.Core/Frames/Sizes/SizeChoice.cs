namespace PiCam.Core.Frames.Sizes;

/// <summary>
/// Chooses the size for one viewer by how long its pictures take until they are acknowledged: smaller as soon as that is too long,
/// larger when a larger one would be quick enough for a while. What a smaller picture does not shorten is the way there and back, and is no
/// reason for a smaller one. A step up that turns out wrong makes the next try wait longer. After a picture that the link choked on the next one
/// is as small as can be, and those after it larger as long as they are quick: whatever else uses the link would wait behind each.
/// </summary>
/// <param name="first">The size to begin with; null: nothing is known of the link, and the first pictures are small.</param>
public sealed class SizeChoice(FrameSize? first = null)
{
    /// <summary>Slower than this is too slow: fewer than eight pictures a second, and a click waits behind each of them (measured).</summary>
    public static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(120);

    /// <summary>What takes that long fills the link for whatever else uses it: a click, a gimbal that is to stop.</summary>
    public static readonly TimeSpan Unbearable = TimeSpan.FromSeconds(1);

    // A step up must promise to stay well below that.
    private static readonly TimeSpan Promise = TimeSpan.FromMilliseconds(100);

    // A quarter of a second at 30 fps: long enough for one hiccup of a radio not to count. Where every one is hopeless three are enough.
    private const int FramesToJudge = 8;
    private const int FramesToDespair = 3;

    // More than this a picture counts for never: one long hiccup must not weigh as much as a slow link.
    private static readonly double Hopeless = 2 * Slowest.TotalMilliseconds;

    // What is so much better than a promise needs little patience, however often others did not hold: the link has become another.
    private const int Certain = 3;
    private const int MostFramesIfCertain = 150;

    // With five sizes, from the smallest to the whole in less than five seconds.
    private const int FramesToRise = 30;

    // A minute at 30 fps. After that a step up is tried even if it does not promise to hold: what is known of the way may be wrong.
    private const int MostFramesToRise = 1800;

    // JPEGs of the same scene grow a little less than their area.
    private const double BytesByWidth = 1.8;

    private static readonly FrameSize[] Sizes = [.. Enum.GetValues<FrameSize>().Order()];

    private int index = Array.IndexOf(Sizes, first ?? FrameSize.Whole);
    private double smoothed;
    private double average;
    private int judged;
    private int quick;
    private int certain;
    private int patience = FramesToRise;

    // Frames since the last step, where that was one up.
    private int? sinceRise;

    // Milliseconds that a picture takes however small it is; and the least that one took in the present size, and in the one before.
    private double way;
    private double least = double.MaxValue;
    private (int Index, double Least)? former;

    // The size of the next picture while it is found out whether one that took unbearably long was a hiccup.
    private int? limit;

    // The way is what the first pictures told, one of each size.
    private bool isGuess;

    // What was found with them, while pictures of the next smaller size tell whether it is right.
    private int? doubted;

    // While nothing is known of the link.
    private FirstSize? finding = first is null ? new(Sizes.Length - 1) : null;

    /// <summary>What the link carries, as far as is known.</summary>
    public FrameSize Size => Sizes[doubted ?? index];

    /// <summary>What to send next: <see cref="Size"/>, or a smaller one after a picture that the link choked on.</summary>
    public FrameSize Next => Sizes[finding?.Index ?? limit ?? index];

    /// <summary>How long pictures take at present, on average; zero while nothing is known of the link.</summary>
    public TimeSpan Took => TimeSpan.FromMilliseconds(average);

    /// <summary>Notes how long the picture that was sent last, of size <see cref="Next"/>, took until the browser had drawn it.</summary>
    public void Acknowledged(TimeSpan took)
    {
        if (finding is not null)
        {
            if (finding.Acknowledged(took.TotalMilliseconds))
            {
                (index, way, isGuess, finding) = (finding.Index, finding.Way, true, null);
            }

            return;
        }

        if (limit is { } small)
        {
            if (took.TotalMilliseconds < QuickAgain)
            {
                limit = small + 1 < index ? small + 1 : null;
                return;
            }

            limit = 0;
        }
        else
        {
            limit = index > 0 && took.TotalMilliseconds - way >= Unbearable.TotalMilliseconds ? 0 : null;
            least = Math.Min(least, took.TotalMilliseconds);
        }

        judged++;
        sinceRise++;

        // The first ones weigh more: a step is judged by what came after it.
        var weight = Math.Max(0.2, 1.0 / judged);
        smoothed += (Math.Min(Hopeless, took.TotalMilliseconds) - smoothed) * weight;
        average += (took.TotalMilliseconds - average) * weight;
        if (judged == FramesToJudge && former is { } other)
        {
            MeasureTheWay(other.Index, other.Least);
            if (doubted is { } found && Larger < Promise.TotalMilliseconds)
            {
                Step(found);
                return;
            }

            doubted = null;
        }

        if (judged >= FramesToJudge)
        {
            // The way may have become shorter; longer it is only found to be by another step.
            way = Math.Min(way, smoothed);
        }

        var isHopeless = judged >= FramesToDespair && smoothed > 0.95 * Hopeless;
        if ((judged >= FramesToJudge || isHopeless) && Carried > Slowest.TotalMilliseconds && index > 0)
        {
            Fall();
        }
        else if (isGuess && judged >= FramesToJudge && least > Slowest.TotalMilliseconds && index > 0)
        {
            // It is a long way, or the page was still being opened when the small ones came.
            var found = index;
            Step(index - 1);
            doubted = found;
        }
        else if (judged >= FramesToJudge && index < Sizes.Length - 1)
        {
            quick = Larger < Promise.TotalMilliseconds ? quick + 1 : 0;
            certain = Larger < Promise.TotalMilliseconds / Certain ? certain + 1 : 0;
            if (quick >= patience || certain >= Math.Min(patience, MostFramesIfCertain) || judged >= MostFramesToRise)
            {
                Step(index + 1);
                sinceRise = 0;
            }
        }
    }

    // A smaller picture that takes longer says that this size was no hiccup.
    private double QuickAgain => Math.Max(Slowest.TotalMilliseconds + way, least < Unbearable.TotalMilliseconds ? 1.5 * least : 0);

    // What the picture's bytes take of it.
    private double Carried => Math.Max(0, smoothed - way);

    // What they would take in the next larger size.
    private double Larger => Carried * BytesOf(index + 1) / BytesOf(index);

    // Two sizes and the least that each took: bytes cost their share, and the rest is the way. Hiccups only add to some of them.
    private void MeasureTheWay(int other, double took)
    {
        (way, isGuess, former) = (Math.Min(smoothed, WayOf(other, took, index, least)), false, null);
    }

    /// <summary>What is the same of two sizes that took so long, in milliseconds.</summary>
    internal static double WayOf(int one, double oneTook, int other, double otherTook)
    {
        var ratio = BytesOf(other) / BytesOf(one);
        return Math.Clamp((otherTook - (ratio * oneTook)) / (1 - ratio), 0, Math.Min(oneTook, otherTook));
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
        former = (index, least);
        (index, judged, quick, certain, smoothed, least, limit, doubted) = (to, 0, 0, 0, 0, double.MaxValue, null, null);
    }

    // In units of their own: they are compared only.
    internal static double BytesOf(int size) => Math.Pow((double)Sizes[size], BytesByWidth);
}
