namespace PiCam.Core.Lines;

/// <summary>A pin does not do what it was told. The message is <see cref="Reason"/> in English.</summary>
public sealed class LineException : IOException
{
    public LineException(Reason reason, Exception? innerException = null)
        : base(reason?.English, innerException)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Reason = reason;
    }

    /// <summary>One sentence for the person at the page.</summary>
    public Reason Reason { get; }
}
