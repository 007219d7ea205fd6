using PiCam.Core.Sequences;

namespace PiCam.Blazor.Api;

/// <summary>One picture of a bracket or a focus series.</summary>
/// <param name="Stops">By how many stops it shall be brighter than the exposure in force; null: a focus series.</param>
/// <param name="ReachedStops">By how many it is: before it is taken as far as the camera's ranges let it, then as the camera says.</param>
/// <param name="Clamped">Whether the camera could not go so far.</param>
/// <param name="LensPosition">Where the focus shall lie, in dioptres; null: a bracket.</param>
/// <param name="ExposureTime">What it is taken with, in µs; null: not known.</param>
/// <param name="AnalogueGain">What it is taken with, linear; null: not known.</param>
/// <param name="MediaId">The picture in the library; null: it is not there (yet).</param>
internal sealed record BurstStepDocument(
    double? Stops, double? ReachedStops, bool Clamped, double? LensPosition, long? ExposureTime, double? AnalogueGain, string? MediaId)
{
    public static BurstStepDocument From(SequenceStep step) => new(
        Rounded(step.Stops),
        Rounded(step.ReachedStops),
        step.IsClamped,
        Rounded(step.LensPosition),
        step.Loan.ExposureTime is { } time ? (long)Math.Round(time.TotalMicroseconds) : null,
        Rounded(step.Loan.AnalogueGain),
        step.MediaId);

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 2) : null;
}
