using System.Globalization;

namespace PiCam.Core.Clocks;

/// <summary>Where the camera stands, as exactly as sunrise and sunset need it.</summary>
/// <param name="Latitude">Degrees, −90 to 90; positive is north.</param>
/// <param name="Longitude">Degrees, −180 to 180; positive is east.</param>
public sealed record Place(double Latitude, double Longitude)
{
    /// <summary>What is wrong with it; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check() => [.. Check("latitude", Latitude, 90), .. Check("longitude", Longitude, 180)];

    private static IEnumerable<InvalidValue> Check(string field, double degrees, int most) => Math.Abs(degrees) <= most
        ? []
        : [new(field, string.Create(CultureInfo.InvariantCulture, $"{degrees}°"), Allowed.Range($"−{most}°", $"{most}°"))];
}
