using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;

namespace PiCam.Core.Media;

/// <summary>The pictures and films of this panel: their files, and the index of them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim without its wait handle holds nothing.")]
public sealed partial class MediaLibrary
{
    private readonly IMediaFiles files;
    private readonly IMediaIndex index;
    private readonly IFilmFiles films;
    private readonly MediaStorage storage;
    private readonly MediaThumbnails thumbnails;
    private readonly TimeProvider time;
    private readonly ILogger<MediaLibrary> logger;
    private readonly IAuditTrail? audit;

    // Between a file's name and its line in the index nobody may take it for a found one.
    private readonly SemaphoreSlim landing = new(1);

    public MediaLibrary(IMediaFiles files, IMediaIndex index, IFilmFiles films, MediaStorage storage, TimeProvider time, ILogger<MediaLibrary> logger, IAuditTrail? audit = null)
    {
        this.audit = audit;
        this.files = files;
        this.index = index;
        this.films = films;
        this.storage = storage;
        this.time = time;
        this.logger = logger;
        thumbnails = new MediaThumbnails(files, films, storage);
    }

    /// <summary>Something was added, removed or edited. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action<MediaChange>? Changed;

    /// <summary>Keeps a picture or film. When this returns, it outlasts a power cut.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="media">What it is.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="cancellationToken">Gives up before the file has its name, not after.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="MediaStorageException">It cannot be kept; nothing of it is left.</exception>
    public async Task<MediaItem> AddAsync(
        Caller caller, NewMedia media, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var draft = await BeginAsync(caller, media, content.Length).ConfigureAwait(false);
        await using (draft.ConfigureAwait(false))
        {
            await StoringAsync(() => files.WriteAsync(draft.FilePath, content, cancellationToken)).ConfigureAwait(false);
            return await draft.CommitAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins a picture or film that a program writes by itself.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="media">What it will be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="MediaStorageException">Nothing can be kept now.</exception>
    public Task<MediaDraft> BeginAsync(Caller caller, NewMedia media, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return BeginAsync(caller, media, bytes: 0);
    }

    /// <summary>Goes on with a draft of an earlier run, whose file was <see cref="Spare">spared</see>.</summary>
    /// <param name="media">What it is; its time is known.</param>
    /// <param name="filePath">The file's full name.</param>
    internal MediaDraft Adopt(NewMedia media, string filePath) => new(this, media, filePath);

    /// <summary>A page of the library.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="query">What to see.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public Task<MediaPage> PageAsync(Caller caller, MediaQuery query, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Count, MediaQuery.MostPerPage);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip);
        return index.PageAsync(query, cancellationToken);
    }

    /// <summary>How much there is on each day, newest first.</summary>
    /// <inheritdoc cref="PageAsync"/>
    public Task<IReadOnlyList<MediaDay>> DaysAsync(Caller caller, MediaQuery query, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        return index.DaysAsync(query, cancellationToken);
    }

    /// <summary>The ids of all that a query means, newest first: to select or delete a whole run.</summary>
    /// <inheritdoc cref="PageAsync"/>
    public Task<IReadOnlyList<string>> IdsAsync(Caller caller, MediaQuery query, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        return index.IdsAsync(query, cancellationToken);
    }

    /// <summary>What lies next to an item among what a query means.</summary>
    /// <inheritdoc cref="PageAsync"/>
    public Task<MediaNeighbours> NeighboursAsync(Caller caller, MediaItem item, MediaQuery query, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        return index.NeighboursAsync(item, query, cancellationToken);
    }

    /// <summary>One picture or film.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="MediaMissingException">There is none.</exception>
    public async Task<MediaItem> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        (await FindAsync(caller, [id], cancellationToken).ConfigureAwait(false)) is [var item] ? item : throw new MediaMissingException(id);

    /// <summary>Those of these pictures and films that there are, in the order of the ids.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task<IReadOnlyList<MediaItem>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        var found = (await index.FindAsync(ids, cancellationToken).ConfigureAwait(false)).ToDictionary(item => item.Id);
        return [.. ids.Distinct().Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>An item's file, to read; can seek.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="item">Which.</param>
    /// <returns>Null: somebody removed the file.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public Stream? Open(Caller caller, MediaItem item)
    {
        Demand(caller, Permission.SeeAll);
        ArgumentNullException.ThrowIfNull(item);
        return files.Open(item.Path);
    }

    /// <summary>A small JPEG of a picture or film; made when it is first asked for.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="item">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: it cannot be read, or not here: films need ffmpeg.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public Task<byte[]?> ThumbnailAsync(Caller caller, MediaItem item, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        ArgumentNullException.ThrowIfNull(item);
        return thumbnails.GetAsync(item, cancellationToken);
    }

    /// <summary>Small pictures of a film side by side, as <see cref="Frames.Filmstrip"/> makes them; made when they are first asked for.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="item">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: a picture, or a film that cannot be read here.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public Task<byte[]?> FilmstripAsync(Caller caller, MediaItem item, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        ArgumentNullException.ThrowIfNull(item);
        return thumbnails.StripAsync(item, cancellationToken);
    }

    /// <summary>What of a film can be played.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="item">The film.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="FilmFileException">Nobody can tell here.</exception>
    public async Task<FilmContent> InspectAsync(Caller caller, MediaItem item, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        ArgumentNullException.ThrowIfNull(item);
        return FullName(item) is { } film ? await films.InspectAsync(film, cancellationToken).ConfigureAwait(false) : FilmContent.Nothing;
    }

    /// <summary>What a film shows at a time, or next after it.</summary>
    /// <param name="caller">Needs <see cref="Permission.SeeAll"/>.</param>
    /// <param name="item">The film.</param>
    /// <param name="at">From its beginning.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A JPEG as large as the film; null: none can be decoded there.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="FilmFileException">Nobody can tell here.</exception>
    public async Task<byte[]?> FrameAsync(Caller caller, MediaItem item, TimeSpan at, CancellationToken cancellationToken)
    {
        Demand(caller, Permission.SeeAll);
        ArgumentNullException.ThrowIfNull(item);
        return MediaFormat.IsPicture(item.Path) ? null : await thumbnails.FrameAsync(item, at, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The full name of an item's file; null: somebody removed it.</summary>
    internal string? FullName(MediaItem item) => files.FullName(item.Path);

    /// <summary>Takes a finished temporary file in.</summary>
    internal async Task<MediaItem> TakeInAsync(string temporary, NewMedia media, CancellationToken cancellationToken)
    {
        var takenAt = media.TakenAt!.Value;
        var name = MediaName.Tidy(media.Name, media.Kind.ToString());
        var stem = MediaName.ToFile(name);
        var bytes = await StoringAsync(() => files.SealAsync(temporary, takenAt)).ConfigureAwait(false);
        await landing.WaitAsync(cancellationToken).ConfigureAwait(false);
        MediaItem item;
        try
        {
            var path = await StoringAsync(() => files.LandAsync(temporary, stem)).ConfigureAwait(false);
            item = new MediaItem
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()).ToString("n"),
                Kind = media.Kind,

                // The same number that made the file's name unique.
                Name = name + Path.GetFileNameWithoutExtension(path)[stem.Length..],
                Path = path,
                TakenAt = takenAt,
                Bytes = bytes,
                Size = media.Size ?? PictureHeader.Size(files, path),
                Duration = media.Duration,
                Sequence = media.Sequence,
                Preset = media.Preset,
                By = media.By,
            };
            await IndexAsync(item).ConfigureAwait(false);
        }
        finally
        {
            landing.Release();
        }

        Changed?.Invoke(new MediaChange(MediaChangeKind.Added, [item.Id]));
        return item;
    }

    internal void Discard(string temporary) => files.Discard(temporary);

    private async Task<MediaDraft> BeginAsync(Caller caller, NewMedia media, long bytes)
    {
        Demand(caller, Permission.Capture);
        ArgumentNullException.ThrowIfNull(media);
        if (!MediaFormat.IsKnown("." + media.Extension))
        {
            throw new ArgumentException($"The library does not take .{media.Extension} files.", nameof(media));
        }

        // The day's folder is the day where the panel is.
        var takenAt = TimeZoneInfo.ConvertTime(media.TakenAt ?? time.GetUtcNow(), time.LocalTimeZone);
        var known = media with { TakenAt = takenAt, By = media.By ?? caller.Name };
        return await StoringAsync(() =>
        {
            storage.Demand(bytes);
            return Task.FromResult(new MediaDraft(this, known, files.Begin(takenAt, media.Extension)));
        }).ConfigureAwait(false);
    }

    private async Task IndexAsync(MediaItem item)
    {
        try
        {
            await StoringAsync(() => index.AddAsync([item])).ConfigureAwait(false);
        }
        catch (MediaStorageException)
        {
            // Not taken, so not there: it can be taken again, but for what was recorded. What cannot go either the next start finds, whole.
            if (item.Kind != MediaKind.Recording)
            {
                files.Remove(item.Path);
            }

            throw;
        }
    }

    private async Task<T> StoringAsync<T>(Func<Task<T>> store)
    {
        try
        {
            return await store().ConfigureAwait(false);
        }
        catch (MediaStorageException failed)
        {
            storage.Report(failed.Reason);
            LogNotStored(failed.Message, failed.InnerException?.Message);
            throw;
        }
    }

    private async Task StoringAsync(Func<Task> store) => await StoringAsync(async () =>
    {
        await store().ConfigureAwait(false);
        return true;
    }).ConfigureAwait(false);

    private static void Demand(Caller caller, Permission permission)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(permission);
    }

    [LoggerMessage(LogLevel.Error, "A picture or film is not stored: {Reason} ({Error})")]
    private partial void LogNotStored(string reason, string? error);
}
