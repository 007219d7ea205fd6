namespace PiCam.Blazor.Api;

/// <summary>What became of pictures and films that were to be deleted.</summary>
/// <param name="Deleted">Their ids; POST /api/media/restore brings them back for ten minutes.</param>
/// <param name="Protected">Those that are there still, because they are protected.</param>
internal sealed record DeletedMediaDocument(IReadOnlyList<string> Deleted, IReadOnlyList<MediaDocument> Protected);
