namespace PiCam.Core.Gimbals.Tours;

/// <summary>A tour that somebody asked for is not there (any more).</summary>
public sealed class TourMissingException(string id) : Exception($"There is no tour {id}.");
