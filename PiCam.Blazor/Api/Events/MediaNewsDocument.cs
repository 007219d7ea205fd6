using PiCam.Core.Media;

namespace PiCam.Blazor.Api.Events;

/// <summary>What happened last in the library.</summary>
/// <param name="Changes">How many changes there have been; when it grows by more than one, some were too quick to be told of one by one.</param>
/// <param name="Kind">What happened last: "added", "removed" or "edited"; null: nothing yet.</param>
/// <param name="Ids">To which pictures and films; the first 100 of them.</param>
/// <param name="Count">To how many.</param>
/// <param name="Storage">Whether the library can take more: "ok", "full" or "readOnly".</param>
internal sealed record MediaNewsDocument(long Changes, MediaChangeKind? Kind, IReadOnlyList<string> Ids, int Count, MediaStorageCondition Storage);
