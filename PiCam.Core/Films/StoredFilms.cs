namespace PiCam.Core.Films;

/// <summary>The films that are not over, in the order in which they were asked for.</summary>
internal sealed record StoredFilms(IReadOnlyList<StoredFilm> Films);
