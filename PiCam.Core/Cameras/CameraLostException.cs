namespace PiCam.Core.Cameras;

/// <summary>The camera is not there (any more). The message is one sentence for the person at the page.</summary>
public sealed class CameraLostException : Exception
{
    public CameraLostException(string message)
        : base(message)
    {
    }

    public CameraLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
