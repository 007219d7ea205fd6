namespace PiCam.Core.Gimbals.Tours;

/// <summary>The tours as they are stored.</summary>
internal sealed record TourList(IReadOnlyList<Tour> Tours);
