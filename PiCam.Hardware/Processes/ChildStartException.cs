namespace PiCam.Hardware.Processes;

/// <summary>A child process could not be started; the message is one clause without a full stop.</summary>
public sealed class ChildStartException : Exception
{
    public ChildStartException(string message)
        : base(message)
    {
    }

    public ChildStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
