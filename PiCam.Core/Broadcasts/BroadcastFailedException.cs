namespace PiCam.Core.Broadcasts;

/// <summary>The live picture could not be sent, or no longer.</summary>
public sealed class BroadcastFailedException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);
