using System.Numerics;
using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>
/// A floodlight in the haze beside the tower. It lights nothing but itself: as it grows bright and dark again, automatic exposure
/// follows it, and everything else in the picture changes with that. Degrees.
/// </summary>
internal static class HarbourLamp
{
    private const double Pan = 19.5;
    private const double Elevation = 8.2;
    private const double Reach = 8;

    private static readonly Vector3 Colour = new(4, 3.4f, 2.4f);

    /// <summary>What its light covers: nothing that moves.</summary>
    public static SKRect Bounds { get; } = new((float)(Pan - Reach), (float)(-Elevation - Reach), (float)(Pan + Reach), (float)(-Elevation + Reach));

    /// <summary>How bright it is at a moment, 0 to 1; dark at first.</summary>
    /// <param name="seconds">On the scene's own clock.</param>
    /// <param name="periodSeconds">Above 0.</param>
    public static float Level(double seconds, double periodSeconds) => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * seconds / periodSeconds)));

    /// <summary>The radiance that it adds in a direction, when it is brightest.</summary>
    public static Vector3 At(double pan, double elevation)
    {
        var (across, up) = ((pan - Pan) / Reach, (elevation - Elevation) / Reach);
        var near = (float)Math.Max(0, 1 - ((across * across) + (up * up)));
        return Colour * (near * near);
    }
}
