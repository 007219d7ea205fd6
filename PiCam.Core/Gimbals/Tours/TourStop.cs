namespace PiCam.Core.Gimbals.Tours;

/// <summary>One stop of a tour.</summary>
/// <param name="PresetId">Where to look; a preset that is gone is passed over.</param>
/// <param name="Dwell">Seconds to stay there once the gimbal rests, 0 to 86 400; less than <see cref="LeastDwell"/> means that.</param>
public sealed record TourStop(string PresetId, double Dwell)
{
    /// <summary>Seconds: a tour whose stops are all one place must not go round as fast as the machine can.</summary>
    public const double LeastDwell = 1;
}
