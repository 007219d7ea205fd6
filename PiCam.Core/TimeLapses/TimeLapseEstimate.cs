using PiCam.Core.Cameras;

namespace PiCam.Core.TimeLapses;

/// <summary>What a plan will come to, roughly.</summary>
/// <param name="PicturesPerDay">On a day of today's length.</param>
/// <param name="BytesPerPicture">By its size and quality; a busy scene takes more, a dark one less.</param>
/// <param name="Pictures">Until its end; null: it has none, or one too far ahead.</param>
public sealed record TimeLapseEstimate(long PicturesPerDay, long BytesPerPicture, long? Pictures)
{
    /// <summary>How many years ahead an end may lie: its days are counted one by one.</summary>
    public const int MostYears = 10;

    // Measured on photos of houses and gardens, JPEG with halved colour: bytes a pixel by quality.
    private static readonly (int Quality, double Bytes)[] Measured = [(1, 0.02), (60, 0.09), (80, 0.14), (90, 0.22), (95, 0.33), (100, 0.8)];

    public long BytesPerDay => PicturesPerDay * BytesPerPicture;

    public long? Bytes => Pictures * BytesPerPicture;

    /// <param name="plan">With an interval above zero.</param>
    /// <param name="schedule">The plan's.</param>
    /// <param name="largest">The camera's largest picture.</param>
    /// <param name="now">On the wall.</param>
    public static TimeLapseEstimate Of(TimeLapsePlan plan, TimeLapseSchedule schedule, PixelSize largest, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(schedule);
        var size = plan.Size ?? largest;
        var pixels = (long)Math.Min(size.Width, largest.Width) * Math.Min(size.Height, largest.Height);
        long? byTime = plan.Until is { } until && until > now && until <= now.AddYears(MostYears) ? schedule.CountDue(now, until) + 1 : null;
        return new(
            (long)Math.Floor(schedule.OpenPerDay(now) / plan.Interval),
            (long)(pixels * BytesPerPixel(plan.Quality)),
            (plan.Count, byTime) is ({ } count, { } other) ? Math.Min(count, other) : plan.Count ?? byTime);
    }

    private static double BytesPerPixel(int quality)
    {
        var at = Math.Max(1, Array.FindIndex(Measured, point => point.Quality >= quality));
        var (low, high) = (Measured[at - 1], Measured[at]);
        return low.Bytes + ((high.Bytes - low.Bytes) * (quality - low.Quality) / (high.Quality - low.Quality));
    }
}
