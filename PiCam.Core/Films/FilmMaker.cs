using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Core.Settings;

namespace PiCam.Core.Films;

/// <summary>
/// Makes films of the library's runs, one at a time in the order in which they were asked for. A film is in the library only after
/// it has been decoded whole. What is not over when the panel stops is begun again when it starts.
/// </summary>
public sealed partial class FilmMaker : BackgroundService
{
    /// <summary>The most films that wait or are being made.</summary>
    public const int MostWaiting = 20;

    /// <summary>The most films that are over and still remembered.</summary>
    public const int MostOver = 50;

    /// <summary>How often a film is begun that the panel does not outlive.</summary>
    public const int MostStarts = 3;

    private const string SettingKey = "films";

    /// <summary>What a film is made of; not of other films.</summary>
    private static readonly MediaKind[] Pictures =
        [MediaKind.Still, MediaKind.Burst, MediaKind.Bracket, MediaKind.Focus, MediaKind.TimeLapse];

    private readonly IFilmEncoder encoder;
    private readonly MediaLibrary library;
    private readonly MediaUpkeep upkeep;
    private readonly MediaStorage storage;
    private readonly TimeProvider time;
    private readonly ILogger<FilmMaker> logger;
    private readonly StoredList<StoredFilm, StoredFilms> unfinished;
    private readonly SemaphoreSlim waiting = new(0);
    private readonly Lock gate = new();
    private readonly List<Film> films = [];

    // What was deleted after each film, and when, for whom it was one click too many.
    private readonly Dictionary<string, (IReadOnlyList<string> Ids, long At)> removed = [];
    private Work? current;

    public FilmMaker(
        IFilmEncoder encoder, MediaLibrary library, MediaUpkeep upkeep, MediaStorage storage, ISettingsStore store, TimeProvider time, ILogger<FilmMaker> logger)
    {
        this.encoder = encoder;
        this.library = library;
        this.upkeep = upkeep;
        this.storage = storage;
        this.time = time;
        this.logger = logger;
        unfinished = new(store, SettingKey, all => new StoredFilms(all), stored => stored.Films);
    }

    /// <summary><see cref="All"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>The films that wait or are being made, and the last ones that are over since the panel started; newest first.</summary>
    public IReadOnlyList<Film> All
    {
        get
        {
            lock (gate)
            {
                return [.. films.AsEnumerable().Reverse()];
            }
        }
    }

    /// <summary>One of <see cref="All"/>.</summary>
    /// <exception cref="FilmMissingException">There is none.</exception>
    public Film Find(string id)
    {
        lock (gate)
        {
            return films.FirstOrDefault(film => film.Id == id) ?? throw new FilmMissingException(id);
        }
    }

    /// <summary>Why no film can be made here; null: it can.</summary>
    public Task<Reason?> FaultAsync(CancellationToken cancellationToken) => encoder.FaultAsync(cancellationToken);

    /// <summary>How many pictures of a run a film would be made of.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="sequence">The run's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task<int> CountAsync(Caller caller, string sequence, CancellationToken cancellationToken) =>
        (await library.DaysAsync(caller, OfRun(sequence), cancellationToken).ConfigureAwait(false)).Sum(day => day.Count);

    /// <summary>Asks for a film; it is made when those before it are over. Outlasts a restart when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>, and <see cref="Permission.EditMedia"/> to have the pictures deleted.</param>
    /// <param name="sequence">The id of a run with two pictures or more.</param>
    /// <param name="settings">How.</param>
    /// <param name="name">What to call it, such as its time-lapse; null: by the time of the run's first picture.</param>
    /// <param name="cancellationToken">Gives up before it is asked for, not after.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">Something cannot be used.</exception>
    /// <exception cref="FilmFailedException">No film can be made here, or too many are waiting.</exception>
    /// <exception cref="SettingNotStoredException">It will be made, but a restart would forget it.</exception>
    public async Task<Film> MakeAsync(Caller caller, string sequence, FilmSettings settings, string? name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(settings);
        caller.Demand(Permission.Capture);
        if (settings.RemovesPictures)
        {
            caller.Demand(Permission.EditMedia);
        }

        var (given, error) = name is null ? ("", null) : GivenName.Check(name, MediaName.Longest);
        if (settings.Check().Concat(error is null ? [] : [error]).ToList() is { Count: > 0 } errors)
        {
            throw new InvalidValueException(errors);
        }

        var ids = await IdsAsync(caller, sequence, cancellationToken).ConfigureAwait(false);
        if (ids.Count < 2)
        {
            throw new InvalidValueException(new InvalidValue("sequence", $"\"{sequence}\"", Allowed.ARun));
        }

        if (await encoder.FaultAsync(cancellationToken).ConfigureAwait(false) is { } fault)
        {
            throw new FilmFailedException(fault);
        }

        var film = new Film
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString("n"),
            Sequence = sequence,
            Name = name is null ? await NameAsync(ids, cancellationToken).ConfigureAwait(false) : given,
            Settings = settings,
            By = caller.Name,
            AskedAt = time.GetUtcNow(),
            Pictures = ids.Count,
        };
        lock (gate)
        {
            if (films.Count(other => !other.IsOver) >= MostWaiting)
            {
                throw new FilmFailedException(FilmFault.TooMany);
            }

            films.Add(film);
        }

        try
        {
            await unfinished.ChangeAsync(all => [.. all, new StoredFilm(film, 0)]).ConfigureAwait(false);
        }
        finally
        {
            waiting.Release();
            Changed?.Invoke();
        }

        return film;
    }

    /// <summary>Gives a film up. When this returns nothing of it is left, or it was done just before.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="id">Its id; of one that is over: nothing happens.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="FilmMissingException">There is none.</exception>
    public async Task CancelAsync(Caller caller, string id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        Work? work;
        lock (gate)
        {
            work = current?.Id == id ? current : null;
            if (work is null)
            {
                if (Find(id).IsOver)
                {
                    return;
                }

                // At once, so that it is not begun meanwhile.
                Replace(id, film => film with { State = FilmState.Cancelled });
            }
        }

        await (work?.StopAsync() ?? EndAsync(id, film => film)).ConfigureAwait(false);
    }

    /// <summary>Brings back the pictures that were deleted after a film was verified, less than <see cref="MediaLibrary.UndoTime"/> ago.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditMedia"/>.</param>
    /// <param name="id">The film's id.</param>
    /// <returns>The ids that are back.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="FilmMissingException">There is no such film.</exception>
    /// <exception cref="MediaStorageException">It cannot be stored.</exception>
    public async Task<IReadOnlyList<string>> RestoreAsync(Caller caller, string id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.EditMedia);
        IReadOnlyList<string> ids;
        lock (gate)
        {
            ids = removed.GetValueOrDefault(Find(id).Id, ([], 0)).Ids;
        }

        var back = await library.RestoreAsync(caller, ids).ConfigureAwait(false);
        lock (gate)
        {
            removed.Remove(id);
        }

        Show(id, film => film with { Removed = 0 });
        return back;
    }

    /// <summary>Takes over what was not over when the panel stopped, and goes to work.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await unfinished.LoadAsync(cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            films.AddRange(unfinished.All.Select(stored => stored.Film));
        }

        if (unfinished.All.Count > 0)
        {
            waiting.Release(unfinished.All.Count);
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        waiting.Dispose();
        base.Dispose();
    }

    // Oldest first.
    private async Task<IReadOnlyList<string>> IdsAsync(Caller caller, string sequence, CancellationToken cancellationToken) =>
        [.. (await library.IdsAsync(caller, OfRun(sequence), cancellationToken).ConfigureAwait(false)).Reverse()];

    private static MediaQuery OfRun(string sequence) => new() { Sequence = sequence, Kinds = Pictures };

    private async Task<string> NameAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var first = await library.FindAsync(Caller.System, ids[0], cancellationToken).ConfigureAwait(false);
        return first.TakenAt.ToString("yyyy-MM-dd HH.mm.ss", CultureInfo.InvariantCulture);
    }

    private void Show(string id, Func<Film, Film> change)
    {
        lock (gate)
        {
            Replace(id, change);
        }

        Changed?.Invoke();
    }

    private void Replace(string id, Func<Film, Film> change)
    {
        var at = films.IndexOf(Find(id));
        films[at] = change(films[at]);
    }
}
