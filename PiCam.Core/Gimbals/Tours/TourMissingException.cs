namespace PiCam.Core.Gimbals.Tours;

/// <summary>A tour that somebody asked for is not there (any more).</summary>
public sealed class TourMissingException(string id) : ReasonException(new Reason($"There is no tour {id}.", "tour.missing"));
