namespace PiCam.Core.Cameras;

/// <summary>The camera is not there (any more).</summary>
public sealed class CameraLostException(Reason reason, Exception? innerException = null) : ReasonException(reason, innerException);
