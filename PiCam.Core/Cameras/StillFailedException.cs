namespace PiCam.Core.Cameras;

/// <summary>The camera did not take the picture that it was asked for; it lives on.</summary>
public sealed class StillFailedException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);
