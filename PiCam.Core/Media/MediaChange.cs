namespace PiCam.Core.Media;

/// <summary>Something happened to pictures or films of the library.</summary>
/// <param name="Kind">What.</param>
/// <param name="Ids">To which.</param>
public sealed record MediaChange(MediaChangeKind Kind, IReadOnlyList<string> Ids);
