using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Core.Settings;

namespace PiCam.Core.Films;

/// <summary>One film after the other.</summary>
public sealed partial class FilmMaker
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A film of before a power cut is to have all the pictures that were kept.
        await upkeep.WhenReconciledAsync(stoppingToken).ConfigureAwait(false);
        while (true)
        {
            await waiting.WaitAsync(stoppingToken).ConfigureAwait(false);
            using var work = Begin(stoppingToken);
            if (work is not null)
            {
                await RunAsync(work, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private Work? Begin(CancellationToken stoppingToken)
    {
        lock (gate)
        {
            // Null: it was cancelled while it waited.
            current = films.FirstOrDefault(film => film.State == FilmState.Queued) is { } next ? new Work(next, stoppingToken) : null;
            return current;
        }
    }

    private async Task RunAsync(Work work, CancellationToken stoppingToken)
    {
        try
        {
            await EndAsync(work.Id, await ResultAsync(work).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It stays among those that are begun again; and that the panel was stopped orderly does not count against it.
            await StoringAsync(work.Id, all => [.. all.Select(stored => stored.Film.Id == work.Id ? stored with { Starts = stored.Starts - 1 } : stored)])
                .ConfigureAwait(false);
            throw;
        }
        finally
        {
            lock (gate)
            {
                current = null;
            }

            work.End();
        }
    }

    /// <summary>Makes the film, and says what became of it.</summary>
    private async Task<Func<Film, Film>> ResultAsync(Work work)
    {
        try
        {
            var starts = 0;
            await StoringAsync(work.Id, all => [.. all.Select(stored => stored.Film.Id == work.Id ? stored with { Starts = starts = stored.Starts + 1 } : stored)])
                .ConfigureAwait(false);
            if (starts > MostStarts)
            {
                throw new FilmFailedException(FilmFault.Interrupted);
            }

            var before = starts > 1 ? await MadeBeforeAsync(work).ConfigureAwait(false) : null;
            var outcome = before ?? await MakeAsync(work).ConfigureAwait(false);
            var (removed, fault) = work.Film.Settings.RemovesPictures ? await RemoveAsync(work.Id, outcome).ConfigureAwait(false) : (0, null);
            return film => film with { State = FilmState.Done, MediaId = outcome.Item.Id, Removed = removed, Fault = fault };
        }
        catch (OperationCanceledException) when (work.Stopping.IsCancellationRequested)
        {
            work.ThrowIfPanelStops();
            return film => film with { State = FilmState.Cancelled };
        }
        catch (ReasonException failed)
        {
            LogFailed(work.Id, failed);
            return film => film with { State = FilmState.Failed, Fault = failed.Reason };
        }
#pragma warning disable CA1031 // Whatever went wrong is told where the film is shown, and the next one gets its turn.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            LogFailed(work.Id, unexpected);
            return film => film with { State = FilmState.Failed, Fault = FilmFault.Failed(unexpected.Message.TrimEnd('.')) };
        }
    }

    /// <summary>The film, if the panel was killed after it was kept: it is known by its run and its time.</summary>
    private async Task<Outcome?> MadeBeforeAsync(Work work)
    {
        var query = new MediaQuery { Sequence = work.Film.Sequence, Kinds = [MediaKind.Film] };
        var ids = await library.IdsAsync(Caller.System, query, work.Stopping).ConfigureAwait(false);
        var item = (await library.FindAsync(Caller.System, ids, work.Stopping).ConfigureAwait(false)).FirstOrDefault(item => item.TakenAt == work.Film.AskedAt);

        return item is null ? null : new Outcome(item, null, 0);
    }

    private async Task<Outcome> MakeAsync(Work work)
    {
        var film = work.Film;
        using var hold = library.Hold(film.Sequence);
        var ids = await IdsAsync(Caller.System, film.Sequence, work.Stopping).ConfigureAwait(false);
        Show(film.Id, f => f with { State = FilmState.Making, Pictures = ids.Count });
        var pictures = new FilmPictures(library, ids);
        var (size, orientation) = await pictures.ShapeAsync(work.Stopping).ConfigureAwait(false) ?? throw new FilmFailedException(FilmFault.NoPictures);
        var plan = FilmPlan.For(size, orientation, film.Settings);
        var media = new NewMedia(MediaKind.Film, film.Name, "mp4") { TakenAt = film.AskedAt, Size = plan.Size, Sequence = film.Sequence, By = film.By };
        var draft = await library.BeginAsync(Caller.System, media, work.Stopping).ConfigureAwait(false);
        await using (draft.ConfigureAwait(false))
        {
            var made = await encoder.EncodeAsync(
                plan, pictures.ReadAsync(work.Stopping), draft.FilePath, Progress(film.Id, pictures), work.Stopping).ConfigureAwait(false);
            if (made < 2)
            {
                throw new FilmFailedException(FilmFault.NoPictures);
            }

            Show(film.Id, f => f with { State = FilmState.Verifying, Done = 0, Skipped = ids.Count - made, TimeLeft = null });
            var seen = await encoder.CountAsync(draft.FilePath, Progress(film.Id, null), work.Stopping).ConfigureAwait(false);
            if (seen != made || made > pictures.Given.Count)
            {
                throw new FilmFailedException(FilmFault.Unverified($"{seen}", $"{made}"));
            }

            Show(film.Id, f => f with { Done = seen, TimeLeft = null });
            var item = await draft.CommitAsync(Film.LengthOf(made, film.Settings.FramesPerSecond), work.Stopping).ConfigureAwait(false);
            return new Outcome(item, pictures.Given, made);
        }
    }

    /// <summary>Takes down how many pictures are through, and ends the work when the disk is full: what else is stored there shall go on.</summary>
    private Action<int> Progress(string id, FilmPictures? pictures)
    {
        var begun = time.GetTimestamp();
        return done =>
        {
            if (pictures is not null && storage.State.Warning is { } warning)
            {
                throw new MediaStorageException(warning);
            }

            Show(id, film =>
            {
                var all = pictures is null ? film.Pictures - film.Skipped : film.Pictures - pictures.Skipped;
                return film with
                {
                    Done = done,
                    Skipped = film.Pictures - all,
                    TimeLeft = done > 0 ? time.GetElapsedTime(begun) / done * Math.Max(0, all - done) : null,
                };
            });
        };
    }

    /// <summary>Deletes the pictures of a film that was verified, if it is sure that each of them is in it.</summary>
    private async Task<(int Removed, Reason? Fault)> RemoveAsync(string id, Outcome outcome)
    {
        if (outcome.Pictures is not { } pictures)
        {
            return (0, FilmFault.InterruptedAfter);
        }

        if (pictures.Count != outcome.Made)
        {
            return (0, FilmFault.PicturesKept($"{pictures.Count - outcome.Made}"));
        }

        try
        {
            var deleted = (await library.DeleteAsync(Caller.System, pictures).ConfigureAwait(false)).Deleted;
            lock (gate)
            {
                removed[id] = (deleted, time.GetTimestamp());
            }

            return (deleted.Count, null);
        }
        catch (MediaStorageException failed)
        {
            return (0, failed.Reason);
        }
    }

    private async Task EndAsync(string id, Func<Film, Film> change)
    {
        Show(id, film => change(film) with { TimeLeft = null });
        lock (gate)
        {
            foreach (var (old, deletion) in removed.ToList())
            {
                // Nobody can bring it back any more.
                if (time.GetElapsedTime(deletion.At) >= MediaLibrary.UndoTime)
                {
                    removed.Remove(old);
                }
            }

            var over = films.Where(film => film.IsOver).ToList();
            foreach (var old in over[..Math.Max(0, over.Count - MostOver)])
            {
                films.Remove(old);
                removed.Remove(old.Id);
            }
        }

        await StoringAsync(id, all => [.. all.Where(stored => stored.Film.Id != id)]).ConfigureAwait(false);
    }

    // The film goes on, or is over, whether that can be written down or not.
    private async Task StoringAsync(string id, Func<IReadOnlyList<StoredFilm>, IReadOnlyList<StoredFilm>> change)
    {
        try
        {
            await unfinished.ChangeAsync(change).ConfigureAwait(false);
        }
        catch (SettingNotStoredException notStored)
        {
            LogNotStored(id, notStored);
        }
    }

    [LoggerMessage(LogLevel.Error, "Film {Id} could not be made")]
    private partial void LogFailed(string id, Exception exception);

    [LoggerMessage(LogLevel.Error, "How far film {Id} is could not be stored; a restart may begin it again")]
    private partial void LogNotStored(string id, Exception exception);

    /// <summary>A film that is in the library.</summary>
    /// <param name="Item">It.</param>
    /// <param name="Pictures">The ids of those that the encoder got; null: nobody knows any more.</param>
    /// <param name="Made">How many are in it.</param>
    private sealed record Outcome(MediaItem Item, IReadOnlyList<string>? Pictures, int Made);

    /// <summary>The film that is being made.</summary>
    private sealed class Work(Film film, CancellationToken panelStopping) : IDisposable
    {
        private readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(panelStopping);
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Id => film.Id;

        public Film Film => film;

        public CancellationToken Stopping => stopping.Token;

        /// <summary>Gives it up and waits until it has ended.</summary>
        public async Task StopAsync()
        {
            try
            {
                await stopping.CancelAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // It has ended in this instant.
            }

            await ended.Task.ConfigureAwait(false);
        }

        public void ThrowIfPanelStops() => panelStopping.ThrowIfCancellationRequested();

        public void End() => ended.TrySetResult();

        public void Dispose() => stopping.Dispose();
    }
}
