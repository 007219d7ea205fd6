namespace PiCam.Blazor.Api;

/// <summary>Pictures and films that are back.</summary>
/// <param name="Restored">Their ids.</param>
internal sealed record RestoredMediaDocument(IReadOnlyList<string> Restored);
