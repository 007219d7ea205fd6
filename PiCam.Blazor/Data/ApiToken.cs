using PiCam.Core.Access;

namespace PiCam.Blazor.Data;

/// <summary>A bearer token for a program. The token itself is shown once and never stored.</summary>
public sealed class ApiToken
{
    public int Id { get; set; }

    /// <summary>What its owner calls it; unique among the owner's, without regard to case.</summary>
    public required string Name { get; set; }

    /// <summary>It never may more than its owner may.</summary>
    public Role Role { get; set; }

    /// <summary>Whose it is; null: the panel's own.</summary>
    public string? OwnerId { get; set; }

    public PiCamUser? Owner { get; set; }

    /// <summary>SHA-256 of the whole token. A plain hash is enough: the token is 256 random bits, there is nothing to guess.</summary>
    public required byte[] Hash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>To the minute; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
