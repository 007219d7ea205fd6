namespace PiCam.Core.Media;

/// <summary>The list of what is in the library, on disk beside the files. What is marked as deleted is only there for those who ask for it.</summary>
public interface IMediaIndex
{
    /// <summary>Takes down all of these or none; when this returns they are on disk.</summary>
    /// <exception cref="MediaStorageException">They cannot be written.</exception>
    Task AddAsync(IReadOnlyList<MediaItem> items);

    /// <summary>Those of these ids that there are, in no order.</summary>
    Task<IReadOnlyList<MediaItem>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>A page, newest first.</summary>
    Task<MediaPage> PageAsync(MediaQuery query, CancellationToken cancellationToken);

    /// <summary>How many there are on each day, newest first. The query's page does not count.</summary>
    Task<IReadOnlyList<MediaDay>> DaysAsync(MediaQuery query, CancellationToken cancellationToken);

    /// <summary>The ids of all that a query means, newest first. The query's page and its collapsing do not count.</summary>
    Task<IReadOnlyList<string>> IdsAsync(MediaQuery query, CancellationToken cancellationToken);

    /// <summary>What lies next to an item among what a query means; where runs are collapsed, a run is its newest picture.</summary>
    Task<MediaNeighbours> NeighboursAsync(MediaItem item, MediaQuery query, CancellationToken cancellationToken);

    /// <summary>Gives another name.</summary>
    /// <returns>Whether the item is there.</returns>
    /// <exception cref="MediaStorageException">It cannot be written.</exception>
    Task<bool> RenameAsync(string id, string name);

    /// <summary>Takes down that an item's file has another length.</summary>
    /// <exception cref="MediaStorageException">It cannot be written.</exception>
    Task ResizeAsync(string id, long bytes);

    /// <summary>Films of which nobody knows how long they are; not what is marked.</summary>
    Task<IReadOnlyList<MediaItem>> UnmeasuredAsync(CancellationToken cancellationToken);

    /// <summary>Takes down how long a film is.</summary>
    /// <exception cref="MediaStorageException">It cannot be written.</exception>
    Task MeasureAsync(string id, TimeSpan duration);

    /// <summary>Protects, or lifts the protection.</summary>
    /// <returns>The ids that there are.</returns>
    /// <exception cref="MediaStorageException">It cannot be written.</exception>
    Task<IReadOnlyList<string>> ProtectAsync(IReadOnlyCollection<string> ids, bool isProtected);

    /// <summary>Marks as deleted what is not protected.</summary>
    /// <param name="ids">Of what.</param>
    /// <param name="at">Names this deletion.</param>
    /// <returns>The ids that were marked.</returns>
    /// <exception cref="MediaStorageException">It cannot be written.</exception>
    Task<IReadOnlyList<string>> MarkAsync(IReadOnlyCollection<string> ids, DateTimeOffset at);

    /// <summary>Takes the mark away.</summary>
    /// <returns>The ids that had it.</returns>
    /// <exception cref="MediaStorageException">It cannot be written.</exception>
    Task<IReadOnlyList<string>> UnmarkAsync(IReadOnlyCollection<string> ids);

    /// <summary>The deletions whose items are still there.</summary>
    Task<IReadOnlyList<DateTimeOffset>> DeletionsAsync(CancellationToken cancellationToken);

    /// <summary>Some of a deletion's items.</summary>
    Task<IReadOnlyList<MediaItem>> MarkedAsync(DateTimeOffset deletion, int count, CancellationToken cancellationToken);

    /// <summary>Some of what may go when the disk is full, never what is protected: first what is marked, then the oldest.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="besides">Runs whose pictures are in use.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<MediaItem>> ExpendableAsync(int count, IReadOnlyCollection<string> besides, CancellationToken cancellationToken);

    /// <summary>Some of what is older than its kind may become, never what is protected or marked; the oldest first.</summary>
    /// <param name="ends">For each kind: what was taken before this time.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="besides">Runs whose pictures are in use.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<MediaItem>> ExpiredAsync(
        IReadOnlyDictionary<MediaKind, DateTimeOffset> ends, int count, IReadOnlyCollection<string> besides, CancellationToken cancellationToken);

    /// <summary>All that may go when the disk is full, in the order in which it does.</summary>
    Task<IReadOnlyList<MediaExpendable>> ExpendableAsync(CancellationToken cancellationToken);

    /// <summary>Bytes of all files, marked or not.</summary>
    Task<long> BytesAsync(CancellationToken cancellationToken);

    /// <summary>What takes the room.</summary>
    Task<MediaUsage> UsageAsync(CancellationToken cancellationToken);

    /// <summary>Forgets items for good, marked or not.</summary>
    /// <exception cref="MediaStorageException">It cannot be written.</exception>
    Task RemoveAsync(IReadOnlyCollection<string> ids);

    /// <summary>Those of these paths that an item has, marked or not.</summary>
    Task<IReadOnlyList<string>> KnownPathsAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken);

    /// <summary>Ids and paths of everything, marked or not, in the order of the ids.</summary>
    /// <param name="id">Goes on after this one; "": from the beginning.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<(string Id, string Path)>> PathsAsync(string id, int count, CancellationToken cancellationToken);
}
