namespace PiCam.Core.Gimbals;

/// <summary>What one axis may do; <see cref="SlewProfile"/> holds to it whatever is asked.</summary>
/// <param name="MinimumAngle">Degrees.</param>
/// <param name="MaximumAngle">Degrees.</param>
/// <param name="MaximumSpeed">Degrees per second.</param>
/// <param name="MaximumAcceleration">Degrees per second squared, for speeding up and for slowing down.</param>
public readonly record struct AxisLimits(
    double MinimumAngle, double MaximumAngle, double MaximumSpeed, double MaximumAcceleration)
{
    /// <summary>The reachable angle next to this one; NaN stays NaN.</summary>
    public double Nearest(double degrees) => Math.Clamp(degrees, MinimumAngle, MaximumAngle);
}
