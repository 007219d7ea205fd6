using Microsoft.Extensions.Logging;

namespace PiCam.Core.Media;

/// <summary>What <see cref="MediaUpkeep"/> lets it do.</summary>
public sealed partial class MediaLibrary
{
    // Few enough that somebody who takes a picture meanwhile does not notice.
    private const int Batch = 500;

    private IReadOnlySet<string> spared = new HashSet<string>();

    /// <summary>Says which drafts of earlier runs are not to be removed; before the files and the index are made to agree.</summary>
    /// <param name="filePaths">Their full names.</param>
    internal void Spare(IEnumerable<string> filePaths) => spared = filePaths.ToHashSet(StringComparer.Ordinal);

    /// <summary>Makes files and index agree, after a power cut or after somebody worked in the folder by hand.</summary>
    internal async Task<MediaReconciliation> ReconcileAsync(CancellationToken cancellationToken)
    {
        var leftovers = files.RemoveLeftovers(spared);
        var (indexed, unreadable) = (0, 0);
        foreach (var batch in files.Enumerate().Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (taken, left) = await IndexFoundAsync(batch, cancellationToken).ConfigureAwait(false);
            (indexed, unreadable) = (indexed + taken, unreadable + left);
        }

        var forgotten = await ForgetMissingAsync(cancellationToken).ConfigureAwait(false);
        var result = new MediaReconciliation(leftovers, indexed, forgotten, unreadable);
        if (result != new MediaReconciliation(0, 0, 0, 0))
        {
            LogReconciled(leftovers, indexed, forgotten, unreadable);
        }

        return result;
    }

    /// <summary>Films of which nobody knows how long they are.</summary>
    internal Task<IReadOnlyList<MediaItem>> UnmeasuredAsync(CancellationToken cancellationToken) => index.UnmeasuredAsync(cancellationToken);

    /// <summary>Looks how long a film is that was found, and whether anything in it can be played.</summary>
    /// <exception cref="FilmFileException">Nobody can tell here.</exception>
    internal async Task MeasureAsync(MediaItem film, CancellationToken cancellationToken)
    {
        if (files.FullName(film.Path) is not { } file)
        {
            return;
        }

        var content = await films.InspectAsync(file, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await index.MeasureAsync(film.Id, content.Duration).ConfigureAwait(false);
        Tell(MediaChangeKind.Edited, [film.Id]);
    }

    /// <summary>Removes for good what nobody can bring back any more: the files, then their lines.</summary>
    internal async Task PurgeAsync(CancellationToken cancellationToken)
    {
        foreach (var deletion in await index.DeletionsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!IsOver(deletion))
            {
                continue;
            }

            while (await PurgeBatchAsync(deletion, cancellationToken).ConfigureAwait(false) == Batch)
            {
            }

            lock (deletions)
            {
                deletions.Remove(deletion);
            }
        }
    }

    private bool IsOver(DateTimeOffset deletion)
    {
        lock (deletions)
        {
            // One of an earlier run: who deleted it may still have the page open.
            deletions.TryAdd(deletion, time.GetTimestamp());
            return time.GetElapsedTime(deletions[deletion]) >= UndoTime;
        }
    }

    private async Task<int> PurgeBatchAsync(DateTimeOffset deletion, CancellationToken cancellationToken) =>
        (await RemoveAsync(() => index.MarkedAsync(deletion, Batch, cancellationToken), cancellationToken).ConfigureAwait(false)).Count;

    /// <summary>Writes an item's file anew. The old one stays until the new one is whole and on disk; if it comes to nothing, for good.</summary>
    /// <param name="id">Of the item; deleted ones are left as they are.</param>
    /// <param name="write">Gets the full names of the old file and of the new one, which is not there yet.</param>
    /// <param name="cancellationToken">Gives up, not once the new file is whole.</param>
    /// <exception cref="MediaMissingException">The item is gone.</exception>
    /// <exception cref="MediaStorageException">It cannot be stored, or the disk has no room for it twice.</exception>
    internal async Task RewriteAsync(string id, Func<string, string, Task> write, CancellationToken cancellationToken)
    {
        if (await index.FindAsync([id], cancellationToken).ConfigureAwait(false) is not [var item] || files.FullName(item.Path) is not { } old)
        {
            throw new MediaMissingException(id);
        }

        // Nobody asked for it, so a disk that is too full for this is not called full; and what comes meanwhile needs room, too.
        if (files.Look().FreeBytes < MediaStorage.Reserve + (2 * item.Bytes))
        {
            throw new MediaStorageException(MediaFault.Full);
        }

        var temporary = files.Begin(item.TakenAt, Path.GetExtension(item.Path).TrimStart('.'));
        try
        {
            await write(old, temporary).ConfigureAwait(false);
            var bytes = await files.SealAsync(temporary, item.TakenAt).ConfigureAwait(false);
            await landing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (!files.Exists(item.Path))
                {
                    throw new MediaMissingException(id);
                }

                await files.ReplaceAsync(temporary, item.Path).ConfigureAwait(false);
                await index.ResizeAsync(id, bytes).ConfigureAwait(false);
            }
            finally
            {
                landing.Release();
            }
        }
        finally
        {
            files.Discard(temporary);
        }

        Tell(MediaChangeKind.Edited, [id]);
    }

    private async Task<IReadOnlyList<MediaItem>> RemoveAsync(Func<Task<IReadOnlyList<MediaItem>>> which, CancellationToken cancellationToken)
    {
        await landing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var items = await which().ConfigureAwait(false);
            foreach (var item in items)
            {
                files.Remove(item.Path);
                files.RemoveThumbnail(item.Id);
            }

            await index.RemoveAsync([.. items.Select(item => item.Id)]).ConfigureAwait(false);
            return items;
        }
        finally
        {
            landing.Release();
        }
    }

    private async Task<(int Indexed, int Unreadable)> IndexFoundAsync(MediaFile[] batch, CancellationToken cancellationToken)
    {
        await landing.WaitAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<MediaItem>();
        var unreadable = 0;
        try
        {
            var known = (await index.KnownPathsAsync([.. batch.Select(file => file.Path)], cancellationToken).ConfigureAwait(false))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var file in batch.Where(file => !known.Contains(file.Path)))
            {
                if (Found(file) is { } item)
                {
                    found.Add(item);
                }
                else if (files.Exists(file.Path))
                {
                    unreadable++;
                    LogUnreadable(file.Path);
                }
            }

            if (found.Count > 0)
            {
                await index.AddAsync(found).ConfigureAwait(false);
            }
        }
        finally
        {
            landing.Release();
        }

        Tell(MediaChangeKind.Added, [.. found.Select(item => item.Id)]);
        return (found.Count, unreadable);
    }

    private MediaItem? Found(MediaFile file)
    {
        var isPicture = MediaFormat.IsPicture(file.Path);
        var size = isPicture ? PictureHeader.Size(files, file.Path) : null;
        return (isPicture && size is null) || file.Bytes == 0
            ? null
            : new MediaItem
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()).ToString("n"),
                Kind = isPicture ? MediaKind.Still : MediaKind.Recording,
                Name = MediaName.Tidy(Path.GetFileNameWithoutExtension(file.Path), nameof(MediaKind.Still)),
                Path = file.Path,
                TakenAt = TimeZoneInfo.ConvertTime(file.ModifiedAt, time.LocalTimeZone),
                Bytes = file.Bytes,
                Size = size,
            };
    }

    private async Task<int> ForgetMissingAsync(CancellationToken cancellationToken)
    {
        var forgotten = 0;
        var last = "";
        while (await index.PathsAsync(last, Batch, cancellationToken).ConfigureAwait(false) is [.., var end] rows)
        {
            last = end.Id;
            var missing = rows.Where(row => !files.Exists(row.Path)).Select(row => row.Id).ToList();
            if (missing.Count > 0)
            {
                // A line is written after its file, so a line without one was left behind.
                await index.RemoveAsync(missing).ConfigureAwait(false);
                missing.ForEach(files.RemoveThumbnail);
                forgotten += missing.Count;
                Tell(MediaChangeKind.Removed, missing);
            }
        }

        return forgotten;
    }

    [LoggerMessage(LogLevel.Information,
        "The library was put right: {Leftovers} unfinished files removed, {Indexed} found and listed, {Forgotten} gone and not listed any more, {Unreadable} left alone")]
    private partial void LogReconciled(int leftovers, int indexed, int forgotten, int unreadable);

    [LoggerMessage(LogLevel.Warning, "{Path} is no whole picture and is not listed")]
    private partial void LogUnreadable(string path);
}
