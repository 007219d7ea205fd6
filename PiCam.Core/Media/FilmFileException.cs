namespace PiCam.Core.Media;

/// <summary>Nothing could be done with a film's file.</summary>
public sealed class FilmFileException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);
