namespace PiCam.Core.Gimbals.Tours;

/// <summary>One stop of a tour.</summary>
/// <param name="PresetId">Where to look; a preset that is gone is passed over.</param>
/// <param name="Dwell">Seconds to stay there once the gimbal rests, 0 to 86 400.</param>
public sealed record TourStop(string PresetId, double Dwell);
