using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>A page of the library.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">For the next page: its cursor; null: this was the last.</param>
internal sealed record MediaPageDocument(IReadOnlyList<MediaDocument> Items, string? Next)
{
    public static MediaPageDocument From(MediaPage page) => new([.. page.Entries.Select(MediaDocument.From)], page.Next?.ToString());
}
