using PiCam.Core.Media;

namespace PiCam.Blazor.Api.Events;

/// <summary>Keeps what happened last in the library, for those who follow it.</summary>
internal sealed class MediaNews : IDisposable
{
    private const int MostIds = 100;

    private readonly MediaLibrary library;
    private readonly MediaStorage storage;
    private readonly Lock gate = new();
    private MediaChange? last;
    private long changes;

    public MediaNews(MediaLibrary library, MediaStorage storage)
    {
        this.library = library;
        this.storage = storage;
        library.Changed += Note;
        storage.Changed += Tell;
    }

    /// <summary><see cref="Now"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    public MediaNewsDocument Now
    {
        get
        {
            lock (gate)
            {
                return new MediaNewsDocument(
                    changes, last?.Kind, [.. last?.Ids.Take(MostIds) ?? []], last?.Ids.Count ?? 0, storage.State.Condition);
            }
        }
    }

    public void Dispose()
    {
        library.Changed -= Note;
        storage.Changed -= Tell;
    }

    private void Note(MediaChange change)
    {
        lock (gate)
        {
            last = change;
            changes++;
        }

        Tell();
    }

    private void Tell() => Changed?.Invoke();
}
