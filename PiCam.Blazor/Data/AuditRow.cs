using PiCam.Core.Access;

namespace PiCam.Blazor.Data;

/// <summary>Something that somebody did. Never changed once it is written.</summary>
public sealed class AuditRow
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public AuditAction Action { get; set; }

    /// <summary>Who did it, by the name they had then; for a failed sign-in, the name that was typed.</summary>
    public required string Who { get; set; }

    /// <summary>The user's or token's id; null: nobody who is known.</summary>
    public string? WhoId { get; set; }

    /// <summary>What it was done to.</summary>
    public string? Subject { get; set; }

    /// <summary>Where the request came from; null: from this machine's command line, or by the panel itself.</summary>
    public string? Address { get; set; }
}
