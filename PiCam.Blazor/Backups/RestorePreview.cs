namespace PiCam.Blazor.Backups;

/// <summary>What a backup would change.</summary>
/// <param name="Version">Of the PiCam that made it.</param>
/// <param name="Made">When that was.</param>
/// <param name="Settings">The keys of the settings that would be others.</param>
/// <param name="Configuration">The fields of the configuration that would be others, without secrets: what they are, what they would be.</param>
/// <param name="People">Who could sign in; null: that stays as it is.</param>
/// <param name="Tokens">The tokens there would be; null: they stay as they are.</param>
/// <param name="Certificates">The files of certificates that would be written.</param>
/// <param name="Omitted">What the backup leaves out because it is secret; it stays as it is.</param>
public sealed record RestorePreview(
    string Version,
    DateTimeOffset Made,
    IReadOnlyList<string> Settings,
    IReadOnlyList<RestoreChange> Configuration,
    IReadOnlyList<string>? People,
    IReadOnlyList<string>? Tokens,
    IReadOnlyList<string> Certificates,
    IReadOnlyList<string> Omitted)
{
    /// <summary>
    /// The cameras that the backup names and this machine does not have: what the field is, and what the backup says. All that says which camera stays as
    /// it is then.
    /// </summary>
    public IReadOnlyList<RestoreChange> NotHere { get; init; } = [];
}
