namespace PiCam.Core.Media;

/// <summary>What lies next to a picture or film.</summary>
/// <param name="Newer">Null: it is the newest.</param>
/// <param name="Older">Null: it is the oldest.</param>
public sealed record MediaNeighbours(MediaItem? Newer, MediaItem? Older);
