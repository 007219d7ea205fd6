namespace PiCam.Core.Films;

/// <summary>A film that is not over, as it outlasts a restart.</summary>
/// <param name="Film">As it was asked for.</param>
/// <param name="Starts">How often it was begun.</param>
internal sealed record StoredFilm(Film Film, int Starts);
