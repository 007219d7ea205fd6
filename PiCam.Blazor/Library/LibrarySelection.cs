using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>Which pictures and films a person has selected. A collapsed run is selected with all its pictures.</summary>
public sealed class LibrarySelection(MediaLibrary library, Caller caller)
{
    private readonly HashSet<string> ids = [];
    private MediaEntry? last;

    /// <summary>Pictures and films.</summary>
    public int Count => ids.Count;

    /// <summary>In no order.</summary>
    public IReadOnlyCollection<string> Ids => ids;

    /// <summary>Whether this one is; a run is by its newest picture.</summary>
    public bool Has(MediaItem item) => ids.Contains(item.Id);

    public void Clear()
    {
        ids.Clear();
        last = null;
    }

    /// <summary>What is not there any more is not selected either.</summary>
    public void Remove(IEnumerable<string> gone)
    {
        foreach (var id in gone)
        {
            ids.Remove(id);
            last = last?.Item.Id == id ? null : last;
        }
    }

    /// <summary>Selects an entry, or no longer.</summary>
    public async Task ToggleAsync(MediaEntry entry, MediaQuery query, CancellationToken cancellationToken)
    {
        var isSelected = Has(entry.Item);
        var all = await IdsAsync(entry, query, cancellationToken);
        if (isSelected)
        {
            ids.ExceptWith(all);
        }
        else
        {
            ids.UnionWith(all);
        }

        last = entry;
    }

    /// <summary>Selects everything from the entry that was touched last to this one.</summary>
    public async Task ExtendAsync(MediaEntry entry, MediaQuery query, CancellationToken cancellationToken)
    {
        if (last is null)
        {
            await ToggleAsync(entry, query, cancellationToken);
            return;
        }

        var (newer, older) = IsNewer(last.Item, entry.Item) ? (last, entry) : (entry, last);
        ids.UnionWith(await IdsAsync(newer, query, cancellationToken));
        if (newer.Item.Id != older.Item.Id)
        {
            var from = new MediaCursor(newer.Item.TakenAt.UtcTicks, newer.Item.Id);
            await AddWhileAsync(query with { Before = from }, found => IsNewer(found.Item, older.Item), query, cancellationToken);
            ids.UnionWith(await IdsAsync(older, query, cancellationToken));
        }
    }

    /// <summary>Selects a day, or no longer if all of it is.</summary>
    public async Task ToggleDayAsync(DateOnly day, MediaQuery query, CancellationToken cancellationToken)
    {
        var before = ids.ToHashSet();
        await AddWhileAsync(query with { FirstDay = day, LastDay = day }, _ => true, query, cancellationToken);
        if (before.Count == ids.Count)
        {
            // Nothing new, so all of it was: what the day has is taken away.
            var all = new LibrarySelection(library, caller);
            await all.AddWhileAsync(query with { FirstDay = day, LastDay = day }, _ => true, query, cancellationToken);
            ids.ExceptWith(all.ids);
        }
    }

    /// <summary>Selects all that the query means.</summary>
    public async Task AddAllAsync(MediaQuery query, CancellationToken cancellationToken) =>
        ids.UnionWith(await library.IdsAsync(caller, query, cancellationToken));

    private static bool IsNewer(MediaItem one, MediaItem other) =>
        (one.TakenAt.UtcTicks, one.Id).CompareTo((other.TakenAt.UtcTicks, other.Id)) > 0;

    private async Task AddWhileAsync(MediaQuery pages, Func<MediaEntry, bool> goesOn, MediaQuery query, CancellationToken cancellationToken)
    {
        pages = pages with { Count = MediaQuery.MostPerPage };
        do
        {
            var page = await library.PageAsync(caller, pages, cancellationToken);
            foreach (var entry in page.Entries)
            {
                if (!goesOn(entry))
                {
                    return;
                }

                ids.UnionWith(await IdsAsync(entry, query, cancellationToken));
            }

            pages = pages with { Before = page.Next };
        }
        while (pages.Before is not null);
    }

    private async Task<IReadOnlyCollection<string>> IdsAsync(MediaEntry entry, MediaQuery query, CancellationToken cancellationToken) =>
        entry.Count == 1
            ? [entry.Item.Id]
            : await library.IdsAsync(caller, query with { Sequence = entry.Item.Sequence }, cancellationToken);
}
