namespace PiCam.Core;

/// <summary>Something could not be done, for a reason that people are told. The message is <see cref="Reason"/> in English.</summary>
public abstract class ReasonException : Exception
{
    protected ReasonException(Reason reason, Exception? innerException = null)
        : base(reason?.English, innerException)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Reason = reason;
    }

    /// <summary>One sentence for the person at the page.</summary>
    public Reason Reason { get; }
}
