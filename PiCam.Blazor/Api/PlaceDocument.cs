namespace PiCam.Blazor.Api;

/// <param name="Latitude">Degrees, positive is north; null: unknown.</param>
/// <param name="Longitude">Degrees, positive is east; null: unknown.</param>
internal sealed record PlaceDocument(double? Latitude, double? Longitude);
