#pragma warning disable CA1309 // Translated to SQL, which compares bytes.
using Microsoft.EntityFrameworkCore;
using PiCam.Core.Media;

namespace PiCam.Blazor.Data;

/// <summary>What people see of the library. Every order is by time, then id, both downwards, as the indexes are.</summary>
public sealed partial class MediaIndex
{
    // A zone is at most 14 hours from UTC: a day's times lie that far around it at most.
    private static readonly TimeSpan FarthestZone = TimeSpan.FromHours(14);

    public async Task<MediaPage> PageAsync(MediaQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var rows = Matching(context, query);
            var entries = Collapses(query)
                ? await CollapsedAsync(rows, query, cancellationToken).ConfigureAwait(false)
                : await SingleAsync(OnDays(rows, query), query, query.Skip, cancellationToken).ConfigureAwait(false);
            return entries.Count > query.Count
                ? new MediaPage([.. entries.Take(query.Count).Select(e => e.Entry)], entries[query.Count - 1].Cursor)
                : new MediaPage([.. entries.Select(e => e.Entry)], null);
        }
    }

    public Task<IReadOnlyList<MediaDay>> DaysAsync(MediaQuery query, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<MediaDay>>(async context =>
    {
        ArgumentNullException.ThrowIfNull(query);
        var rows = Matching(context, query);
        var days = await PerDayAsync(Collapses(query) ? rows.Where(row => row.Sequence == null) : rows).ConfigureAwait(false);
        if (Collapses(query))
        {
            // A film lies beside its run.
            var films = await PerDayAsync(rows.Where(row => row.Sequence != null && row.Kind == MediaKind.Film)).ConfigureAwait(false);
            var runs = await rows.Where(row => row.Sequence != null && row.Kind != MediaKind.Film).GroupBy(row => row.Sequence!)
                .Select(run => run.Max(row => row.Day)).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var (day, count) in runs.Where(day => Days(query) is not { } shown || (day >= shown.First && day <= shown.Last)).CountBy(day => day).Concat(films))
            {
                days[day] = days.GetValueOrDefault(day) + count;
            }
        }

        return [.. days.OrderByDescending(day => day.Key)
            .Select(day => new MediaDay(MediaRow.Date(day.Key), day.Value))];

        async Task<Dictionary<int, int>> PerDayAsync(IQueryable<MediaRow> some) =>
            (await OnDays(some, query).GroupBy(row => row.Day).Select(day => new { day.Key, Count = day.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false))
                .ToDictionary(day => day.Key, day => day.Count);
    });

    public Task<IReadOnlyList<string>> IdsAsync(MediaQuery query, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<string>>(async context =>
        await NewestFirst(OnDays(Matching(context, query), query)).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false));

    public async Task<MediaNeighbours> NeighboursAsync(MediaItem item, MediaQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(query);
        var (at, id) = (item.TakenAt.UtcTicks, item.Id);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var matching = Matching(context, query);
            var rows = Collapses(query) ? NewestOfRuns(matching, besides: item.Kind == MediaKind.Film ? null : item.Sequence) : matching;

            var older = await NewestFirst(Older(rows, new MediaCursor(at, id))).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            var newer = await rows.Where(row => row.TakenAt >= at && (row.TakenAt > at || string.Compare(row.Id, id) > 0))
                .OrderBy(row => row.TakenAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return new MediaNeighbours(newer?.ToItem(), older?.ToItem());
        }
    }

    // A run is where its newest picture is; neither side of one of its pictures is the run itself. A film stands for itself.
    private static IQueryable<MediaRow> NewestOfRuns(IQueryable<MediaRow> rows, string? besides)
    {
        var newest = rows.Where(row => row.Sequence == null || row.Kind == MediaKind.Film || !rows.Any(other => other.Sequence == row.Sequence && other.Kind != MediaKind.Film
            && other.TakenAt >= row.TakenAt && (other.TakenAt > row.TakenAt || string.Compare(other.Id, row.Id) > 0)));
        return besides is null ? newest : newest.Where(row => row.Sequence != besides || row.Kind == MediaKind.Film);
    }

    private static bool Collapses(MediaQuery query) => query.CollapsesSequences && query.Sequence is null;

    private static IQueryable<MediaRow> OnDays(IQueryable<MediaRow> rows, MediaQuery query)
    {
        if (Days(query) is not { } days)
        {
            return rows;
        }

        // By the time too, which is what the index is sorted by.
        var (begin, end) = Times(query);
        return rows.Where(row => row.TakenAt >= begin && row.TakenAt <= end && row.Day >= days.First && row.Day <= days.Last);
    }

    private static (int First, int Last)? Days(MediaQuery query) =>
        query is { FirstDay: { } first, LastDay: { } last } ? (MediaRow.Number(first), MediaRow.Number(last)) : null;

    private static (long Begin, long End) Times(MediaQuery query) =>
        (new DateTimeOffset(query.FirstDay!.Value, TimeOnly.MinValue, FarthestZone).UtcTicks,
            new DateTimeOffset(query.LastDay!.Value, TimeOnly.MaxValue, -FarthestZone).UtcTicks);

    private static IQueryable<MediaRow> Matching(PiCamDbContext context, MediaQuery query)
    {
        var rows = context.MediaItems.AsNoTracking().Where(row => row.DeletedAt == null);
        if (query.Kinds is [var only])
        {
            rows = rows.Where(row => row.Kind == only);
        }
        else if (query.Kinds.Count > 1)
        {
            rows = rows.Where(row => query.Kinds.Contains(row.Kind));
        }

        if (query.From?.UtcTicks is { } from)
        {
            rows = rows.Where(row => row.TakenAt >= from);
        }

        if (query.To?.UtcTicks is { } to)
        {
            rows = rows.Where(row => row.TakenAt < to);
        }

        if (query.Preset is { } preset)
        {
            rows = rows.Where(row => row.Preset == preset);
        }

        if (query.Sequence is { } sequence)
        {
            rows = rows.Where(row => row.Sequence == sequence);
            if (!query.Kinds.Contains(MediaKind.Film))
            {
                rows = rows.Where(row => row.Kind != MediaKind.Film);
            }
        }

        if (query.Text is { Length: > 0 } text)
        {
            var pattern = "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal)
                .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
            rows = rows.Where(row => EF.Functions.Like(row.Name, pattern, @"\"));
        }

        return rows;
    }

    // So written, SQLite begins in the middle of the index; "earlier, or as early and smaller" would read it from the start.
    private static IQueryable<MediaRow> Older(IQueryable<MediaRow> rows, MediaCursor? before) => before is { } cursor
        ? rows.Where(row => row.TakenAt <= cursor.TakenAt && (row.TakenAt < cursor.TakenAt || string.Compare(row.Id, cursor.Id) < 0))
        : rows;

    private static IQueryable<MediaRow> NewestFirst(IQueryable<MediaRow> rows) =>
        rows.OrderByDescending(row => row.TakenAt).ThenByDescending(row => row.Id);

    // One more than asked for, to see that there is more.
    private static async Task<List<Placed>> SingleAsync(IQueryable<MediaRow> rows, MediaQuery query, int skip, CancellationToken cancellationToken) =>
        [.. (await NewestFirst(Older(rows, query.Before)).Skip(skip).Take(query.Skip - skip + query.Count + 1).ToListAsync(cancellationToken).ConfigureAwait(false))
            .Select(row => new Placed(new MediaCursor(row.TakenAt, row.Id), new MediaEntry(row.ToItem(), 1)))];

    /// <summary>
    /// The runs, the films made of them, and the pictures of none, each newest first, merged. A run's place is its newest time and, to
    /// tell those of the same time apart, the greatest of its ids.
    /// </summary>
    private static async Task<List<Placed>> CollapsedAsync(IQueryable<MediaRow> rows, MediaQuery query, CancellationToken cancellationToken)
    {
        var pictures = rows.Where(row => row.Sequence != null && row.Kind != MediaKind.Film);
        var places = pictures.GroupBy(row => row.Sequence!)
            .Select(run => new { Sequence = run.Key, TakenAt = run.Max(row => row.TakenAt), Id = run.Max(row => row.Id)!, Count = run.Count() });
        if (query.Before is { } cursor)
        {
            places = places.Where(run =>
                run.TakenAt <= cursor.TakenAt && (run.TakenAt < cursor.TakenAt || string.Compare(run.Id, cursor.Id) < 0));
        }

        places = places.OrderByDescending(run => run.TakenAt).ThenByDescending(run => run.Id);
        var days = Days(query);
        if (days is null)
        {
            places = places.Take(query.Skip + query.Count + 1);
        }
        else
        {
            // Which of them are of these days is seen by their newest pictures.
            var (begin, end) = Times(query);
            places = places.Where(run => run.TakenAt >= begin && run.TakenAt <= end);
        }

        var runs = await places.ToListAsync(cancellationToken).ConfigureAwait(false);
        var (sequences, times) = (runs.Select(run => run.Sequence).ToList(), runs.Select(run => run.TakenAt).ToList());
        var newest = (await pictures.Where(row => sequences.Contains(row.Sequence!) && times.Contains(row.TakenAt))
            .ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => (row.Sequence!, row.TakenAt));
        var singles = await SingleAsync(OnDays(rows.Where(row => row.Sequence == null), query), query, skip: 0, cancellationToken).ConfigureAwait(false);

        // Asked for by itself: "or" would keep SQLite from going along an index.
        var films = await SingleAsync(
            OnDays(rows.Where(row => row.Sequence != null && row.Kind == MediaKind.Film), query), query, skip: 0, cancellationToken).ConfigureAwait(false);

        // A run that went between the two questions has no newest picture any more.
        return [.. runs
            .Select(run => (run, Row: newest[(run.Sequence, run.TakenAt)].MaxBy(row => row.Id, StringComparer.Ordinal)))
            .Where(found => found.Row is { } row && (days is not { } shown || (row.Day >= shown.First && row.Day <= shown.Last)))
            .Select(found => new Placed(new MediaCursor(found.run.TakenAt, found.run.Id), new MediaEntry(found.Row!.ToItem(), found.run.Count)))
            .Concat(singles).Concat(films)
            .OrderByDescending(placed => placed.Cursor.TakenAt).ThenByDescending(placed => placed.Cursor.Id, StringComparer.Ordinal)
            .Skip(query.Skip).Take(query.Count + 1)];
    }

    private sealed record Placed(MediaCursor Cursor, MediaEntry Entry);
}
