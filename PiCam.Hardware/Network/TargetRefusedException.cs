namespace PiCam.Hardware.Network;

/// <summary>PiCam must not, or cannot, connect there; the message is one clause without a full stop.</summary>
public sealed class TargetRefusedException : Exception
{
    public TargetRefusedException(string message)
        : base(message)
    {
    }

    public TargetRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
