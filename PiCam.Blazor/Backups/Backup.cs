namespace PiCam.Blazor.Backups;

/// <summary>A backup that was made.</summary>
/// <param name="FileName">What to call it, such as <c>picam-Porch-2026-11-29.picam</c>.</param>
/// <param name="Content">The whole file.</param>
public sealed record Backup(string FileName, byte[] Content);
