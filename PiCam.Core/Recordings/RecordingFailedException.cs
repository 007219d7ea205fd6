namespace PiCam.Core.Recordings;

/// <summary>A recording cannot be made, or not go on.</summary>
public sealed class RecordingFailedException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);
