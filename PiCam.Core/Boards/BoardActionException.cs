namespace PiCam.Core.Boards;

/// <summary>The board was not restarted or switched off.</summary>
public sealed class BoardActionException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);
