namespace PiCam.Core.Boards;

/// <summary>The board was not restarted or switched off. The message is <see cref="Reason"/> in English.</summary>
public sealed class BoardActionException : Exception
{
    public BoardActionException(Reason reason)
        : base(reason?.English)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Reason = reason;
    }

    public BoardActionException(Reason reason, Exception innerException)
        : base(reason?.English, innerException)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Reason = reason;
    }

    /// <summary>One sentence for the person at the page.</summary>
    public Reason Reason { get; }
}
