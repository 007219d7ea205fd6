namespace PiCam.Core.Privacy;

/// <summary>Whether the camera is off on purpose.</summary>
/// <param name="IsOn">The camera is off, and no picture leaves this process.</param>
/// <param name="ChangedBy">Who switched last; null before the first time.</param>
/// <param name="ChangedAt">When; null before the first time.</param>
public sealed record PrivacyState(bool IsOn, string? ChangedBy, DateTimeOffset? ChangedAt)
{
    /// <summary>As before the first time.</summary>
    public static PrivacyState Off { get; } = new(false, null, null);
}
