using PiCam.Core.Cameras;
using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>One picture or film of the library.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Kind">"still", "burst", "bracket", "focus", "timeLapse", "film" or "recording".</param>
/// <param name="Name">What people call it; text, never markup.</param>
/// <param name="FileName">The name that a download gets.</param>
/// <param name="TakenAt">With the offset of the panel's zone at that time.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Size">Pixels; null: unknown.</param>
/// <param name="Duration">Of a film, in seconds; null: a picture, or unknown.</param>
/// <param name="Sequence">Shared by the pictures of one run and the films made of it; null: of none.</param>
/// <param name="Preset">The id of the gimbal's preset that it was taken at; null: of none.</param>
/// <param name="By">Who took it; null: unknown.</param>
/// <param name="Protected">Cannot be deleted.</param>
/// <param name="Count">How many pictures this entry stands for: above 1 only for a run of a page with collapse=true.</param>
internal sealed record MediaDocument(
    string Id,
    MediaKind Kind,
    string Name,
    string FileName,
    DateTimeOffset TakenAt,
    long Bytes,
    PixelSize? Size,
    double? Duration,
    string? Sequence,
    string? Preset,
    string? By,
    bool Protected,
    int Count)
{
    public static MediaDocument From(MediaItem item) => From(new MediaEntry(item, 1));

    public static MediaDocument From(MediaEntry entry)
    {
        var item = entry.Item;
        return new MediaDocument(
            item.Id, item.Kind, item.Name, item.FileName, item.TakenAt, item.Bytes, item.Size, item.Duration?.TotalSeconds,
            item.Sequence, item.Preset, item.By, item.IsProtected, entry.Count);
    }
}
