using PiCam.Core.Access;

namespace PiCam.Core.Media;

/// <summary>Names, protection, deletion.</summary>
public sealed partial class MediaLibrary
{
    /// <summary>How long a deletion can be undone; measured by a clock that nobody sets, and begun anew when the panel starts.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromMinutes(10);

    /// <summary>Deletions, and since when each can be undone.</summary>
    private readonly Dictionary<DateTimeOffset, long> deletions = [];

    /// <summary>Gives a picture or film another name. Its file keeps its own; who downloads it gets the new one.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditMedia"/>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="name">1 to <see cref="MediaName.Longest"/> characters.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The name cannot be used.</exception>
    /// <exception cref="MediaMissingException">There is no such item.</exception>
    /// <exception cref="MediaStorageException">It cannot be stored.</exception>
    public async Task RenameAsync(Caller caller, string id, string name)
    {
        Demand(caller, Permission.EditMedia);
        var (trimmed, error) = GivenName.Check(name, MediaName.Longest);
        if (error is not null)
        {
            throw new InvalidValueException(error);
        }

        if (!await StoringAsync(() => index.RenameAsync(id, trimmed)).ConfigureAwait(false))
        {
            throw new MediaMissingException(id);
        }

        Changed?.Invoke(new MediaChange(MediaChangeKind.Edited, [id]));
    }

    /// <summary>
    /// Takes a found picture into the run that it was taken for: the panel had ended between its file and its line in the index. If that
    /// happens here again, the next start finds the file again.
    /// </summary>
    /// <exception cref="MediaStorageException">It cannot be stored.</exception>
    internal async Task AdoptAsync(MediaItem found, MediaKind kind, string sequence, string by)
    {
        await landing.WaitAsync().ConfigureAwait(false);
        try
        {
            await StoringAsync(() => index.RemoveAsync([found.Id])).ConfigureAwait(false);
            await StoringAsync(() => index.AddAsync([found with { Kind = kind, Sequence = sequence, By = by }])).ConfigureAwait(false);
        }
        finally
        {
            landing.Release();
        }

        Tell(MediaChangeKind.Edited, [found.Id]);
    }

    /// <summary>Protects pictures and films from being deleted, or lifts that.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditMedia"/>.</param>
    /// <param name="ids">Their ids; those that are not there (any more) are passed over.</param>
    /// <param name="isProtected">Whether they shall be.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="MediaStorageException">It cannot be stored.</exception>
    public async Task ProtectAsync(Caller caller, IReadOnlyCollection<string> ids, bool isProtected)
    {
        Demand(caller, Permission.EditMedia);
        Tell(MediaChangeKind.Edited, await StoringAsync(() => index.ProtectAsync(ids, isProtected)).ConfigureAwait(false));
    }

    /// <summary>Deletes pictures and films, but for the protected ones; <see cref="RestoreAsync"/> brings them back for <see cref="UndoTime"/>.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditMedia"/>.</param>
    /// <param name="ids">Their ids; those that are not there (any more) are passed over.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="MediaStorageException">It cannot be stored.</exception>
    public async Task<DeletedMedia> DeleteAsync(Caller caller, IReadOnlyCollection<string> ids)
    {
        Demand(caller, Permission.EditMedia);
        var at = time.GetUtcNow();
        lock (deletions)
        {
            // Known before it is in force, so that the clean-up never takes it for one of an earlier run.
            deletions[at] = time.GetTimestamp();
        }

        var marked = await StoringAsync(() => index.MarkAsync(ids, at)).ConfigureAwait(false);
        Tell(MediaChangeKind.Removed, marked);
        if (marked.Count > 0)
        {
            audit?.Record(caller, AuditAction.MediaDeleted, $"{marked.Count}");
        }

        var left = await index.FindAsync([.. ids.Except(marked)], CancellationToken.None).ConfigureAwait(false);
        return new DeletedMedia(marked, left);
    }

    /// <summary>Brings back what was deleted less than <see cref="UndoTime"/> ago.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditMedia"/>.</param>
    /// <param name="ids">Their ids; what is gone for good is passed over.</param>
    /// <returns>The ids that are back.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="MediaStorageException">It cannot be stored.</exception>
    public async Task<IReadOnlyList<string>> RestoreAsync(Caller caller, IReadOnlyCollection<string> ids)
    {
        Demand(caller, Permission.EditMedia);

        // The clean-up takes the same turn: what it has begun to remove comes back no more, and never without its file.
        await landing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        IReadOnlyList<string> back;
        try
        {
            back = await StoringAsync(() => index.UnmarkAsync(ids)).ConfigureAwait(false);
        }
        finally
        {
            landing.Release();
        }

        Tell(MediaChangeKind.Added, back);
        return back;
    }

    private void Tell(MediaChangeKind kind, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0)
        {
            Changed?.Invoke(new MediaChange(kind, ids));
        }
    }
}
