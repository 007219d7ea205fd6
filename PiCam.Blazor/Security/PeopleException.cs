namespace PiCam.Blazor.Security;

/// <summary>A person or token could not be added or changed; the message is one English sentence.</summary>
public sealed class PeopleException(PeopleError error, string message) : Exception(message)
{
    /// <summary>For pages, which say it in the reader's language.</summary>
    public PeopleError Error { get; } = error;
}
