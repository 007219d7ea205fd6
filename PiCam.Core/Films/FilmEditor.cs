using System.Globalization;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Core.Stills;

namespace PiCam.Core.Films;

/// <summary>Takes stills and clips out of the library's films. The film itself stays as it is.</summary>
public sealed class FilmEditor(MediaLibrary library, IFilmFiles films)
{
    /// <summary>The shortest clip.</summary>
    public static readonly TimeSpan ShortestClip = TimeSpan.FromSeconds(0.1);

    // Of a film that somebody put into the folder the length is not known.
    private static readonly TimeSpan LongestUnknown = TimeSpan.FromDays(1);

    /// <summary>What a film shows at a time, as a picture of the library.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="id">The film's id.</param>
    /// <param name="at">From its beginning.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="MediaMissingException">There is no such film.</exception>
    /// <exception cref="InvalidValueException">The film is not so long.</exception>
    /// <exception cref="FilmFileException">It cannot be decoded there.</exception>
    /// <exception cref="MediaStorageException">It cannot be kept.</exception>
    public async Task<MediaItem> TakeStillAsync(Caller caller, string id, TimeSpan at, CancellationToken cancellationToken)
    {
        var (film, _) = await FindAsync(caller, id, cancellationToken).ConfigureAwait(false);
        Demand(film, ("at", at, TimeSpan.Zero));
        var jpeg = await library.FrameAsync(caller, film, at, cancellationToken).ConfigureAwait(false)
            ?? throw new FilmFileException(MediaFault.NothingThere);
        var taken = film.TakenAt + at;
        var media = new NewMedia(MediaKind.Still, string.Create(CultureInfo.InvariantCulture, $"{film.Name} {Mark(at)}")) { TakenAt = taken, Preset = film.Preset };
        return await library.AddAsync(caller, media, Exif.Write(jpeg, new ExifFields { TakenAt = taken }), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A part of a film as a film of its own, nothing encoded anew. It may begin up to a second early: there its first frame stands alone.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="id">The film's id.</param>
    /// <param name="from">From the film's beginning.</param>
    /// <param name="to">At least <see cref="ShortestClip"/> later.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <inheritdoc cref="TakeStillAsync"/>
    public async Task<MediaItem> CutAsync(Caller caller, string id, TimeSpan from, TimeSpan to, CancellationToken cancellationToken)
    {
        var (film, path) = await FindAsync(caller, id, cancellationToken).ConfigureAwait(false);
        Demand(film, ("begin", from, TimeSpan.Zero), ("end", to, from + ShortestClip));
        var media = new NewMedia(film.Kind, string.Create(CultureInfo.InvariantCulture, $"{film.Name} {Mark(from)}"), Path.GetExtension(film.Path) == ".avi" ? "avi" : "mp4")
        {
            TakenAt = film.TakenAt + from,
            Size = film.Size,
            Preset = film.Preset,
        };
        var draft = await library.BeginAsync(caller, media, cancellationToken).ConfigureAwait(false);
        await using (draft.ConfigureAwait(false))
        {
            await films.CutAsync(path, draft.FilePath, from, to, cancellationToken).ConfigureAwait(false);
            var content = await films.InspectAsync(draft.FilePath, cancellationToken).ConfigureAwait(false);
            return content.Frames > 0
                ? await draft.CommitAsync(content.Duration, cancellationToken).ConfigureAwait(false)
                : throw new FilmFileException(MediaFault.NothingThere);
        }
    }

    // Fit for a file's name on every system.
    private static string Mark(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalMinutes}m{at.Seconds:00}.{at.Milliseconds / 10:00}s");

    private static void Demand(MediaItem film, params (string Field, TimeSpan Value, TimeSpan Least)[] times)
    {
        var length = film.Duration ?? LongestUnknown;
        var errors = times.Where(time => time.Value < time.Least || time.Value > length)
            .Select(time => new InvalidValue(time.Field, $"{Seconds(time.Value)} s", Allowed.Range(Seconds(time.Least), $"{Seconds(length)} s"))).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidValueException(errors);
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private async Task<(MediaItem Film, string Path)> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        var film = await library.FindAsync(caller, id, cancellationToken).ConfigureAwait(false);
        return !MediaFormat.IsPicture(film.Path) && library.FullName(film) is { } path ? (film, path) : throw new MediaMissingException(id);
    }
}
