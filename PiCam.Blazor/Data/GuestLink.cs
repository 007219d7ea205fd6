namespace PiCam.Blazor.Data;

/// <summary>A link by which whoever has it can watch for a time. The link's key is shown once and never stored.</summary>
public sealed class GuestLink
{
    public int Id { get; set; }

    /// <summary>For whom it is; they appear under this name.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the key.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Who made it, by name.</summary>
    public required string By { get; set; }

    /// <summary>The id of the person; once they are no administrator any more, the link is worthless. Null: it was made at the console, or by a token.</summary>
    public string? ById { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>To the minute; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
