namespace PiCam.Blazor.Data;

/// <summary>One browser in which a person is signed in. Without its row the browser's cookie is worthless.</summary>
public sealed class UserSession
{
    /// <summary>128 random bits; stands in the cookie.</summary>
    public required string Id { get; set; }

    public required string UserId { get; set; }

    public PiCamUser? User { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When the person last proved who they are.</summary>
    public DateTimeOffset ConfirmedAt { get; set; }

    /// <summary>Where it was seen last; null: not known.</summary>
    public string? Address { get; set; }

    /// <summary>What the browser said of itself when the person signed in.</summary>
    public string? UserAgent { get; set; }
}
