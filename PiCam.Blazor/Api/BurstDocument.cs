using PiCam.Core.Sequences;

namespace PiCam.Blazor.Api;

/// <summary>A burst, a bracket or a focus series: how it stands, or how it ended.</summary>
/// <param name="Id">Its pictures' "sequence" in the library.</param>
/// <param name="Kind">"burst", "bracket" or "focus".</param>
/// <param name="State">"waiting" (for the self-timer), "taking", "keeping" (no more are taken), and at its end "done", "stopped" or "failed".</param>
/// <param name="By">Who asked for it.</param>
/// <param name="StartedAt">When.</param>
/// <param name="EndedAt">Null: it is under way.</param>
/// <param name="Until">When the self-timer ends; null: it does not run.</param>
/// <param name="Count">How many pictures were asked for.</param>
/// <param name="Taken">How many were taken.</param>
/// <param name="Kept">How many are in the library.</param>
/// <param name="Lost">How many were taken and could not be kept.</param>
/// <param name="Skipped">Frames of the stream between them that came too fast for the disk or the camera's reader.</param>
/// <param name="SecondsLeft">By the pace so far; null: nobody knows.</param>
/// <param name="Reason">Why it ended before its time; null: it did not.</param>
/// <param name="Name">The template of the pictures' names.</param>
/// <param name="Rate">Of a burst: "stream" or "still"; else null.</param>
/// <param name="Steps">The pictures of a bracket or a focus series; empty for a burst, and until the exposure in force is known.</param>
internal sealed record BurstDocument(
    string Id,
    SequenceKind Kind,
    SequencePhase State,
    string By,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? Until,
    int Count,
    int Taken,
    int Kept,
    int Lost,
    long Skipped,
    double? SecondsLeft,
    string? Reason,
    string Name,
    SequenceRate? Rate,
    IReadOnlyList<BurstStepDocument> Steps)
{
    public static BurstDocument From(SequenceState sequence) => new(
        sequence.Id,
        sequence.Request.Kind,
        sequence.Phase,
        sequence.By,
        sequence.StartedAt,
        sequence.EndedAt,
        sequence.Until,
        sequence.Request.Count,
        sequence.Taken,
        sequence.Kept,
        sequence.Lost,
        sequence.Skipped,
        sequence.TimeLeft is { } left ? Math.Round(left.TotalSeconds, 1) : null,
        sequence.Reason?.English,
        sequence.Request.Name,
        sequence.Request.Kind == SequenceKind.Burst ? sequence.Request.Rate : null,
        [.. sequence.Steps.Select(BurstStepDocument.From)]);
}
