#pragma warning disable CA1309 // Translated to SQL, which compares bytes.
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PiCam.Core.Media;

namespace PiCam.Blazor.Data;

/// <summary>The library's index in PiCam's database.</summary>
public sealed partial class MediaIndex(IDbContextFactory<PiCamDbContext> contexts) : IMediaIndex
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteReadOnly = 8;
    private const int SqliteFull = 13;

    public Task AddAsync(IReadOnlyList<MediaItem> items) => WriteAsync(async context =>
    {
        context.AddRange(items.Select(MediaRow.From));
        return await context.SaveChangesAsync().ConfigureAwait(false);
    });

    public async Task<bool> RenameAsync(string id, string name) => await WriteAsync(context => context.MediaItems
        .Where(row => row.Id == id && row.DeletedAt == null)
        .ExecuteUpdateAsync(row => row.SetProperty(r => r.Name, name))).ConfigureAwait(false) > 0;

    public Task ResizeAsync(string id, long bytes) => WriteAsync(context => context.MediaItems
        .Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(r => r.Bytes, bytes)));

    public Task<IReadOnlyList<MediaItem>> UnmeasuredAsync(CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<MediaItem>>(async context =>
        [.. (await context.MediaItems.Where(row => (row.Kind == MediaKind.Recording || row.Kind == MediaKind.Film) && row.Duration == null && row.DeletedAt == null)
            .ToListAsync(cancellationToken).ConfigureAwait(false)).Select(row => row.ToItem())]);

    public Task MeasureAsync(string id, TimeSpan duration) => WriteAsync(context => context.MediaItems
        .Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(r => r.Duration, duration.Ticks)));

    // One statement each, however many there are: all or none, one sync.
    public Task<IReadOnlyList<string>> ProtectAsync(IReadOnlyCollection<string> ids, bool isProtected) => ChangeAsync(
        $"""
        UPDATE "MediaItems" SET "IsProtected" = {isProtected}
        WHERE "Id" IN (SELECT value FROM json_each({JsonSerializer.Serialize(ids)})) AND "DeletedAt" IS NULL RETURNING "Id" AS "Value"
        """);

    public Task<IReadOnlyList<string>> MarkAsync(IReadOnlyCollection<string> ids, DateTimeOffset at) => ChangeAsync(
        $"""
        UPDATE "MediaItems" SET "DeletedAt" = {at.UtcTicks}
        WHERE "Id" IN (SELECT value FROM json_each({JsonSerializer.Serialize(ids)})) AND NOT "IsProtected" AND "DeletedAt" IS NULL RETURNING "Id" AS "Value"
        """);

    public Task<IReadOnlyList<string>> UnmarkAsync(IReadOnlyCollection<string> ids) => ChangeAsync(
        $"""
        UPDATE "MediaItems" SET "DeletedAt" = NULL
        WHERE "Id" IN (SELECT value FROM json_each({JsonSerializer.Serialize(ids)})) AND "DeletedAt" IS NOT NULL RETURNING "Id" AS "Value"
        """);

    public Task RemoveAsync(IReadOnlyCollection<string> ids) =>
        WriteAsync(context => context.MediaItems.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync());

    public Task<IReadOnlyList<DateTimeOffset>> DeletionsAsync(CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<DateTimeOffset>>(async context =>
        [.. (await context.MediaItems.Where(row => row.DeletedAt != null).Select(row => row.DeletedAt!.Value).Distinct()
            .ToListAsync(cancellationToken).ConfigureAwait(false)).Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero))]);

    public Task<IReadOnlyList<MediaItem>> MarkedAsync(DateTimeOffset deletion, int count, CancellationToken cancellationToken) =>
        ItemsAsync(context => context.MediaItems.Where(row => row.DeletedAt == deletion.UtcTicks).Take(count), cancellationToken);

    public async Task<IReadOnlyList<MediaItem>> ExpendableAsync(
        int count, IReadOnlyCollection<string> besides, CancellationToken cancellationToken)
    {
        var marked = await ItemsAsync(context => context.MediaItems.Where(row => row.DeletedAt != null).Take(count), cancellationToken).ConfigureAwait(false);
        return marked.Count > 0
            ? marked
            : await ItemsAsync(context => Expendable(context, besides).Take(count), cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<MediaItem>> ExpiredAsync(
        IReadOnlyDictionary<MediaKind, DateTimeOffset> ends, int count, IReadOnlyCollection<string> besides, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<MediaItem>>(async context =>
        {
            // Each kind by itself: "or" would keep SQLite from going along an index.
            var expired = new List<MediaRow>();
            foreach (var (kind, end) in ends)
            {
                expired.AddRange(await Expendable(context, besides).Where(row => row.Kind == kind && row.TakenAt < end.UtcTicks)
                    .Take(count).ToListAsync(cancellationToken).ConfigureAwait(false));
            }

            return [.. expired.OrderBy(row => row.TakenAt).ThenBy(row => row.Id, StringComparer.Ordinal).Take(count).Select(row => row.ToItem())];
        });

    public Task<IReadOnlyList<MediaExpendable>> ExpendableAsync(CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<MediaExpendable>>(async context =>
        [.. (await context.MediaItems.Where(row => row.DeletedAt != null || !row.IsProtected)
            .OrderBy(row => row.DeletedAt == null).ThenBy(row => row.TakenAt).ThenBy(row => row.Id)
            .Select(row => new { row.Kind, row.TakenAt, row.Bytes, IsDeleted = row.DeletedAt != null })
            .ToListAsync(cancellationToken).ConfigureAwait(false))
            .Select(row => new MediaExpendable(row.Kind, new DateTimeOffset(row.TakenAt, TimeSpan.Zero), row.Bytes, row.IsDeleted))]);

    public Task<long> BytesAsync(CancellationToken cancellationToken) => ReadAsync(context => context.MediaItems.SumAsync(row => row.Bytes, cancellationToken));

    public async Task<MediaUsage> UsageAsync(CancellationToken cancellationToken)
    {
        var parts = await ReadAsync<IReadOnlyList<(int Day, MediaKind Kind, bool IsProtected, bool IsDeleted, int Count, long Bytes)>>(async context =>
            [.. (await context.MediaItems.GroupBy(row => new { row.Day, row.Kind, row.IsProtected, IsDeleted = row.DeletedAt != null })
                .Select(part => new { part.Key, Count = part.Count(), Bytes = part.Sum(row => row.Bytes) })
                .ToListAsync(cancellationToken).ConfigureAwait(false))
                .Select(part => (part.Key.Day, part.Key.Kind, part.Key.IsProtected, part.Key.IsDeleted, part.Count, part.Bytes))]).ConfigureAwait(false);
        return new MediaUsage(
            [.. parts.Where(part => !part.IsDeleted).GroupBy(part => (part.Day, part.Kind))
                .OrderByDescending(use => use.Key.Day).ThenBy(use => use.Key.Kind)
                .Select(use => new MediaUse(
                    MediaRow.Date(use.Key.Day), use.Key.Kind, use.Sum(part => part.Count), use.Sum(part => part.Bytes),
                    use.Where(part => part.IsProtected).Sum(part => part.Bytes)))],
            parts.Where(part => part.IsDeleted).Sum(part => part.Bytes));
    }

    public Task<IReadOnlyList<MediaItem>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ItemsAsync(context => context.MediaItems.Where(row => ids.Contains(row.Id) && row.DeletedAt == null), cancellationToken);

    public Task<IReadOnlyList<string>> KnownPathsAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<string>>(async context => await context.MediaItems.Where(row => paths.Contains(row.Path)).Select(row => row.Path)
            .ToListAsync(cancellationToken).ConfigureAwait(false));

    public Task<IReadOnlyList<(string Id, string Path)>> PathsAsync(string id, int count, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<(string, string)>>(async context =>
            [.. (await context.MediaItems.Where(row => string.Compare(row.Id, id) > 0).OrderBy(row => row.Id).Take(count)
                .Select(row => new { row.Id, row.Path }).ToListAsync(cancellationToken).ConfigureAwait(false)).Select(row => (row.Id, row.Path))]);

    // The oldest first.
    private static IQueryable<MediaRow> Expendable(PiCamDbContext context, IReadOnlyCollection<string> besides) => context.MediaItems.AsNoTracking()
        .Where(row => row.DeletedAt == null && !row.IsProtected && (row.Sequence == null || !besides.Contains(row.Sequence)))
        .OrderBy(row => row.TakenAt).ThenBy(row => row.Id);

    private Task<IReadOnlyList<MediaItem>> ItemsAsync(Func<PiCamDbContext, IQueryable<MediaRow>> query, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<MediaItem>>(async context =>
            [.. (await query(context).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false)).Select(row => row.ToItem())]);

    private Task<IReadOnlyList<string>> ChangeAsync(FormattableString sql) => WriteAsync<IReadOnlyList<string>>(async context =>
        await context.Database.SqlQuery<string>(sql).ToListAsync().ConfigureAwait(false));

    private async Task<T> ReadAsync<T>(Func<PiCamDbContext, Task<T>> read)
    {
        var context = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return await read(context).ConfigureAwait(false);
        }
    }

    private async Task<T> WriteAsync<T>(Func<PiCamDbContext, Task<T>> write)
    {
        try
        {
            var context = await contexts.CreateDbContextAsync().ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                return await write(context).ConfigureAwait(false);
            }
        }
        catch (Exception error) when ((error as SqliteException ?? error.InnerException as SqliteException) is { } sqlite)
        {
            throw new MediaStorageException(
                sqlite.SqliteErrorCode switch
                {
                    SqliteFull => MediaFault.Full,
                    SqliteReadOnly => MediaFault.ReadOnly,
                    _ => MediaFault.Failed(sqlite.Message),
                },
                error);
        }
    }
}
