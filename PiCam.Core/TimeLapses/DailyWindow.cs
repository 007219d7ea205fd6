namespace PiCam.Core.TimeLapses;

/// <summary>The part of every day in which something happens, by the clock on the wall.</summary>
/// <param name="From">Begins at this time.</param>
/// <param name="To">Ends before this time; before <paramref name="From"/>: on the next day. The same time: a whole day.</param>
public sealed record DailyWindow(TimeOnly From, TimeOnly To)
{
    /// <summary>Whether it reaches into the next day.</summary>
    public bool IsOverMidnight => To <= From;
}
