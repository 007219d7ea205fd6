namespace PiCam.Core.Media;

/// <summary>A picture or film could not be written to disk.</summary>
public sealed class MediaStorageException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);
