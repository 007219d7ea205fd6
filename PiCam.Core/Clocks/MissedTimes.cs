namespace PiCam.Core.Clocks;

/// <summary>What was due and did not happen: pictures of a time-lapse, runs of a schedule.</summary>
/// <param name="Why">For people.</param>
/// <param name="Count">How many.</param>
/// <param name="From">When the first of them was due.</param>
/// <param name="To">When the last of them was due.</param>
public sealed record MissedTimes(Reason Why, int Count, DateTimeOffset From, DateTimeOffset To)
{
    // What fails in turns for two reasons must not fill the settings.
    private const int MostKept = 20;

    /// <summary>The list with these at its end, in one entry with the one before where that says the same; the oldest entries go.</summary>
    public static IReadOnlyList<MissedTimes> Add(IReadOnlyList<MissedTimes> all, MissedTimes more)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(more);
        return all is [.., var last] && last.Why == more.Why
            ? [.. all.SkipLast(1), last with { Count = last.Count + more.Count, To = more.To }]
            : [.. all.TakeLast(MostKept - 1), more];
    }
}
