namespace PiCam.Core.Photography.Looks;

/// <summary>People's own looks as they are stored.</summary>
internal sealed record LookList(IReadOnlyList<Look> Looks);
