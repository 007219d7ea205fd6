using PiCam.Core.Access;

namespace PiCam.Blazor.Audit;

/// <summary>What to look for in what people did.</summary>
public sealed record AuditQuery
{
    /// <summary>Stands in the name, the subject or the address; empty: anything.</summary>
    public string Text { get; init; } = "";

    /// <summary>Null: any.</summary>
    public AuditAction? Action { get; init; }

    /// <summary>Not before; null: from the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this; null: until now.</summary>
    public DateTimeOffset? Until { get; init; }
}
