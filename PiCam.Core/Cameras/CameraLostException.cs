namespace PiCam.Core.Cameras;

/// <summary>The camera is not there (any more). The message is <see cref="Reason"/> in English.</summary>
public sealed class CameraLostException : Exception
{
    public CameraLostException(Reason reason)
        : base(reason?.English)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Reason = reason;
    }

    public CameraLostException(Reason reason, Exception innerException)
        : base(reason?.English, innerException)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Reason = reason;
    }

    /// <summary>One sentence for the person at the page.</summary>
    public Reason Reason { get; }
}
