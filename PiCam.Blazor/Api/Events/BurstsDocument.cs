using PiCam.Core.Sequences;

namespace PiCam.Blazor.Api.Events;

/// <summary>The burst, bracket or focus series that is under way, or the last one.</summary>
/// <param name="Newest">Null: none since the panel started.</param>
internal sealed record BurstsDocument(BurstDocument? Newest)
{
    public static BurstsDocument From(SequenceCamera sequences) => new(sequences.All is [var newest, ..] ? BurstDocument.From(newest) : null);
}
