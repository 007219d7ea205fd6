namespace PiCam.Blazor.StartUp;

/// <summary>PiCam cannot start (or a command cannot run); the message is one sentence for the person at the console.</summary>
public sealed class StartUpException : Exception
{
    public StartUpException(string message)
        : base(message)
    {
    }

    public StartUpException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
