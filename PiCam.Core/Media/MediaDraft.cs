namespace PiCam.Core.Media;

/// <summary>A picture or film that a program writes into a file by itself. Dispose of it without <see cref="CommitAsync"/>, and the file goes.</summary>
public sealed class MediaDraft : IAsyncDisposable
{
    private readonly MediaLibrary library;
    private readonly NewMedia media;
    private bool committed;

    internal MediaDraft(MediaLibrary library, NewMedia media, string filePath)
    {
        this.library = library;
        this.media = media;
        FilePath = filePath;
    }

    /// <summary>The full name of the file to write; it is not there yet, and ends as the format wants.</summary>
    public string FilePath { get; }

    /// <summary>Takes the file into the library. Nobody may write it any more.</summary>
    /// <param name="duration">Of a film, now that it is known; null: as it was said at the beginning.</param>
    /// <param name="cancellationToken">Gives up before the file has its name, not after.</param>
    /// <exception cref="MediaStorageException">It cannot be kept.</exception>
    public async Task<MediaItem> CommitAsync(TimeSpan? duration = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(committed, this);
        var item = await library.TakeInAsync(FilePath, media with { Duration = duration ?? media.Duration }, cancellationToken).ConfigureAwait(false);
        committed = true;
        return item;
    }

    public ValueTask DisposeAsync()
    {
        if (!committed)
        {
            library.Discard(FilePath);
            committed = true;
        }

        return ValueTask.CompletedTask;
    }
}
