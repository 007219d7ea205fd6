namespace PiCam.Core.Films;

/// <summary>Nobody asked for such a film, or it is long over.</summary>
public sealed class FilmMissingException(string id) : ReasonException(FilmFault.Missing(id));
