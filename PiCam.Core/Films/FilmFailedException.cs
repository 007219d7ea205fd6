namespace PiCam.Core.Films;

/// <summary>A film cannot be made.</summary>
public sealed class FilmFailedException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);
