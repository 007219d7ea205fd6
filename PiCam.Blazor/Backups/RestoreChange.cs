namespace PiCam.Blazor.Backups;

/// <summary>One field of the configuration that a backup would change.</summary>
/// <param name="Field">As the HTTP API spells it, such as <c>camera.width</c>.</param>
/// <param name="From">What it is, without secrets; null: nothing.</param>
/// <param name="To">What it would be.</param>
public sealed record RestoreChange(string Field, string? From, string? To);
