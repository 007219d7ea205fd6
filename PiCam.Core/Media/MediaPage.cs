namespace PiCam.Core.Media;

/// <summary>Some entries of the library.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Next">Where the next page begins; null: this was the last.</param>
public sealed record MediaPage(IReadOnlyList<MediaEntry> Entries, MediaCursor? Next);
