namespace PiCam.Core.Stills;

/// <summary>A picture that is on its way.</summary>
/// <param name="By">The name of who asked for it.</param>
/// <param name="Until">When the self-timer ends; null: it is being taken.</param>
public sealed record StillProgress(string By, DateTimeOffset? Until);
