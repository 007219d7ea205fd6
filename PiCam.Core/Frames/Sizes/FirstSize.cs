namespace PiCam.Core.Frames.Sizes;

/// <summary>
/// Finds the size to begin with on a link of which nothing is known: from the smallest on, one after the other, as long as the next larger one
/// promises not to take too long. A whole picture would keep a slow link for seconds, and all else on it waiting; a quick one has it with the fifth.
/// </summary>
internal sealed class FirstSize(int whole)
{
    // A page that is being opened has more to do than to draw pictures: what one of them took is no reason to stop.
    private const int TooLongToStop = 3;

    private (int Index, double Took)? before;
    private double least = double.MaxValue;
    private int tooLong;

    /// <summary>What to send next; in the end, what to begin with.</summary>
    public int Index { get; private set; }

    /// <summary>What a picture takes however small it is, in milliseconds; as far as is known.</summary>
    public double Way { get; private set; }

    /// <summary>Notes how long a picture of that size took, in milliseconds.</summary>
    /// <returns>Whether the size is found.</returns>
    public bool Acknowledged(double took)
    {
        least = Math.Min(least, took);

        // How much of it is the way only the second size tells.
        Way = before is { } smaller ? SizeChoice.WayOf(smaller.Index, smaller.Took, Index, least) : 0;
        var most = before is null ? SizeChoice.Unbearable : 2 * SizeChoice.Slowest;
        if ((least - Way) * SizeChoice.BytesOf(Index + 1) / SizeChoice.BytesOf(Index) > most.TotalMilliseconds)
        {
            return ++tooLong == TooLongToStop;
        }

        (before, least, tooLong) = ((Index, least), double.MaxValue, 0);
        return ++Index == whole;
    }
}
