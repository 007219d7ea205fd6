namespace PiCam.Core.Gimbals.Tours;

/// <summary>Presets to look at one after the other (ONVIF: PresetTour).</summary>
/// <param name="Id">Never changes; fit for an address. Empty: a tour that is not saved yet.</param>
/// <param name="Name">1 to 40 characters.</param>
/// <param name="Stops">At least one.</param>
/// <param name="Repeats">Begins again after the last stop, until somebody ends it.</param>
public sealed record Tour(string Id, string Name, IReadOnlyList<TourStop> Stops, bool Repeats);
