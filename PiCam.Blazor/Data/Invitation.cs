using PiCam.Core.Access;

namespace PiCam.Blazor.Data;

/// <summary>A link by which one person can make an account, once. The link's key is shown once and never stored.</summary>
public sealed class Invitation
{
    public int Id { get; set; }

    /// <summary>For whom it is, as the inviting person calls them.</summary>
    public required string Name { get; set; }

    public Role Role { get; set; }

    /// <summary>SHA-256 of the key.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Who invited, by name.</summary>
    public required string By { get; set; }

    /// <summary>The id of the person; once they are no administrator any more, the link is worthless. Null: it was made at the console, or by a token.</summary>
    public string? ById { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
