using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>
/// Where each day and each tile of the library lies on a page that is as long as all of them, so that only what is seen has to be
/// fetched and drawn. Pure arithmetic; immutable.
/// </summary>
public sealed class Timeline
{
    /// <summary>Pixels of a day's heading; a finger fits on it.</summary>
    public const double HeadingHeight = 48;

    private readonly IReadOnlyList<MediaDay> days;
    private readonly double[] tops;
    private readonly int[] places;
    private readonly int columns;
    private readonly double rowHeight;

    /// <param name="days">Newest first.</param>
    /// <param name="columns">Tiles in a row, 1 or more.</param>
    /// <param name="rowHeight">Pixels from a row to the next, above 0.</param>
    public Timeline(IReadOnlyList<MediaDay> days, int columns, double rowHeight)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowHeight);
        this.days = days;
        this.columns = columns;
        this.rowHeight = rowHeight;
        tops = new double[days.Count + 1];
        places = new int[days.Count + 1];
        for (var i = 0; i < days.Count; i++)
        {
            tops[i + 1] = tops[i] + HeadingHeight + (Rows(days[i].Count) * rowHeight);
            places[i + 1] = places[i] + days[i].Count;
        }

        Blocks = [.. Divide(days)];
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<MediaDay> Days => days;

    /// <summary>All tiles.</summary>
    public int Count => places[^1];

    /// <summary>Pixels.</summary>
    public double Height => tops[^1];

    /// <summary>What is fetched at once, in order; together they are everything.</summary>
    public IReadOnlyList<TimelineBlock> Blocks { get; }

    /// <summary>The same days on a page of another width.</summary>
    public Timeline With(int newColumns, double newRowHeight) =>
        newColumns == columns && newRowHeight.Equals(rowHeight) ? this : new Timeline(days, newColumns, newRowHeight);

    /// <summary>The days between two heights, with the rows between them.</summary>
    public IEnumerable<TimelineDay> Between(double from, double to)
    {
        for (var i = DayAt(from); i < days.Count && tops[i] < to; i++)
        {
            var (rows, body) = (Rows(days[i].Count), tops[i] + HeadingHeight);
            var first = (int)Math.Clamp(Math.Floor((from - body) / rowHeight), 0, rows - 1);
            var end = (int)Math.Clamp(Math.Ceiling((to - body) / rowHeight), first + 1, rows);
            var drawn = Math.Min(end * columns, days[i].Count) - (first * columns);
            yield return new TimelineDay(
                days[i].Day, days[i].Count, tops[i], tops[i + 1] - tops[i], places[i], first * columns, drawn, HeadingHeight + (first * rowHeight));
        }
    }

    /// <summary>The blocks that have tiles of these days' drawn ones.</summary>
    public IEnumerable<TimelineBlock> BlocksOf(IReadOnlyList<TimelineDay> drawn)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        if (drawn.Count == 0)
        {
            return [];
        }

        var (first, end) = (drawn[0].Place + drawn[0].First, drawn[^1].Place + drawn[^1].First + drawn[^1].Drawn);
        return Blocks.SkipWhile(block => block.Place + block.Count <= first).TakeWhile(block => block.Place < end);
    }

    /// <summary>Pixels to the newest day that is not after this one; to the oldest, if all are.</summary>
    public double TopOf(DateOnly day)
    {
        for (var i = 0; i < days.Count; i++)
        {
            if (days[i].Day <= day)
            {
                return tops[i];
            }
        }

        return days.Count == 0 ? 0 : tops[days.Count - 1];
    }

    private int Rows(int count) => (count + columns - 1) / columns;

    private int DayAt(double height)
    {
        var found = Array.BinarySearch(tops, height);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, days.Count);
    }

    private static IEnumerable<TimelineBlock> Divide(IReadOnlyList<MediaDay> days)
    {
        const int Most = MediaQuery.MostPerPage;
        var place = 0;
        for (var i = 0; i < days.Count;)
        {
            var (newest, count) = (days[i].Day, days[i].Count);
            if (count > Most)
            {
                for (var skip = 0; skip < count; skip += Most)
                {
                    var part = Math.Min(Most, count - skip);
                    yield return new TimelineBlock(newest, newest, skip, part, place);
                    place += part;
                }

                i++;
                continue;
            }

            for (i++; i < days.Count && count + days[i].Count <= Most; i++)
            {
                count += days[i].Count;
            }

            yield return new TimelineBlock(days[i - 1].Day, newest, 0, count, place);
            place += count;
        }
    }
}
