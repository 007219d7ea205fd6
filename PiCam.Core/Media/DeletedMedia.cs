namespace PiCam.Core.Media;

/// <summary>What became of pictures and films that somebody wanted to delete.</summary>
/// <param name="Deleted">Can be brought back for <see cref="MediaLibrary.UndoTime"/>.</param>
/// <param name="Protected">Are there still, because they are protected.</param>
public sealed record DeletedMedia(IReadOnlyList<string> Deleted, IReadOnlyList<MediaItem> Protected);
