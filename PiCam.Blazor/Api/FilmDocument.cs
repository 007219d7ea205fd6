using PiCam.Core.Films;

namespace PiCam.Blazor.Api;

/// <summary>A film that was asked for, and how far it is.</summary>
/// <param name="Id">Never changes; not the id that it has in the library.</param>
/// <param name="Sequence">The run whose pictures it is made of.</param>
/// <param name="Name">What it is called in the library.</param>
/// <param name="State">"queued", "making", "verifying", "done", "failed" or "cancelled".</param>
/// <param name="Pictures">How many the run has.</param>
/// <param name="Done">Of them, put together or (while "verifying") decoded so far.</param>
/// <param name="Skipped">Could not be read and are not in it.</param>
/// <param name="TimeLeft">Seconds until this part of the work is done; null: not known (yet).</param>
/// <param name="Duration">How long it plays, in seconds.</param>
/// <param name="Fps">Pictures a second.</param>
/// <param name="Height">At most, in pixels.</param>
/// <param name="Deflicker">Brightness is evened out.</param>
/// <param name="Quality">1 to 100.</param>
/// <param name="RemoveStills">The pictures are deleted once it has been verified.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Media">Its id in the library; null: not there (yet).</param>
/// <param name="Removed">Pictures that were deleted after it was verified.</param>
/// <param name="Error">Why it was not made; of one that is done: why the pictures were not deleted. Null: all is well.</param>
internal sealed record FilmDocument(
    string Id,
    string Sequence,
    string Name,
    FilmState State,
    int Pictures,
    int Done,
    int Skipped,
    double? TimeLeft,
    double Duration,
    int Fps,
    int Height,
    bool Deflicker,
    int Quality,
    bool RemoveStills,
    string By,
    DateTimeOffset AskedAt,
    string? Media,
    int Removed,
    string? Error)
{
    public static FilmDocument From(Film film)
    {
        var settings = film.Settings;
        return new FilmDocument(
            film.Id, film.Sequence, film.Name, film.State, film.Pictures, film.Done, film.Skipped, film.TimeLeft?.TotalSeconds,
            film.Duration.TotalSeconds, settings.FramesPerSecond, settings.Height, settings.Deflicker, settings.Quality, settings.RemovesPictures,
            film.By, film.AskedAt, film.MediaId, film.Removed, film.Fault?.English);
    }
}
