namespace PiCam.Core.Gimbals;

/// <summary>A pair of values for the two axes: degrees, degrees per second, or fractions, as the place that uses it says.</summary>
/// <param name="Pan">Positive is right.</param>
/// <param name="Tilt">Positive is up.</param>
public readonly record struct PanTilt(double Pan, double Tilt)
{
    public static PanTilt operator +(PanTilt a, PanTilt b) => new(a.Pan + b.Pan, a.Tilt + b.Tilt);
}
