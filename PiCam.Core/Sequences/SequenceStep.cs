using PiCam.Core.Cameras;

namespace PiCam.Core.Sequences;

/// <summary>One picture of a bracket or of a focus series.</summary>
public sealed record SequenceStep
{
    // Sensors expose by whole lines: at the shortest exposures that is some tenths of a stop.
    private const double Tolerance = 1.0 / 6;

    /// <summary>By how many stops it shall be brighter than the exposure in force; null: that is not what the steps differ in.</summary>
    public double? Stops { get; init; }

    /// <summary>By how many stops it is, as far as the camera's ranges let it; from the picture's own metadata once it is taken.</summary>
    public double? ReachedStops { get; init; }

    /// <summary>Where the focus shall lie, in dioptres; null: that is not what the steps differ in.</summary>
    public double? LensPosition { get; init; }

    /// <summary>What the picture alone is taken with.</summary>
    public StillLoan Loan { get; init; } = new();

    /// <summary>The picture in the library; null: it is not there (yet).</summary>
    public string? MediaId { get; init; }

    /// <summary>Whether the camera could not go so far.</summary>
    public bool IsClamped => Stops is { } asked && ReachedStops is { } reached && Math.Abs(asked - reached) > Tolerance;
}
