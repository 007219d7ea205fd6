namespace PiCam.Core.Gimbals;

/// <summary>From degrees to pulses and back for one axis, and what is left of its angles when both limits hold.</summary>
internal sealed class AxisGeometry
{
    private readonly AxisSettings settings;
    private readonly PulseRange pulses;

    /// <param name="settings">Already validated.</param>
    /// <param name="drivers">What the driver gives a servo that nobody has calibrated.</param>
    public AxisGeometry(AxisSettings settings, PulseRange drivers)
    {
        this.settings = settings;
        pulses = Pulses(settings, drivers);
        var (least, most) = Reach(settings, drivers);
        var minimum = Math.Max(settings.MinimumAngle, least);
        var maximum = Math.Min(settings.MaximumAngle, most);
        Limits = new(minimum, Math.Max(minimum, maximum), settings.MaximumSpeed, settings.MaximumAcceleration);
        Home = Math.Clamp(settings.HomeAngle, Limits.MinimumAngle, Limits.MaximumAngle);
    }

    public AxisLimits Limits { get; }

    public double Home { get; }

    /// <summary>Which pulses the servo may be given.</summary>
    public static PulseRange Pulses(AxisSettings settings, PulseRange drivers) =>
        new(settings.MinimumPulse ?? drivers.Minimum, settings.MaximumPulse ?? drivers.Maximum);

    /// <summary>Between which degrees they turn it.</summary>
    public static (double Least, double Most) Reach(AxisSettings settings, PulseRange drivers)
    {
        var pulses = Pulses(settings, drivers);
        var (one, other) = (AngleOf(settings, pulses.Minimum), AngleOf(settings, pulses.Maximum));
        return (Math.Min(one, other), Math.Max(one, other));
    }

    /// <summary>Microseconds, within the range whatever the angle.</summary>
    public double PulseOf(double degrees) =>
        Math.Clamp(settings.CentrePulse + (Direction(settings) * degrees * settings.PulsePerDegree), pulses.Minimum, pulses.Maximum);

    /// <summary>Degrees.</summary>
    public double AngleOf(double pulse) => AngleOf(settings, pulse);

    private static double AngleOf(AxisSettings settings, double pulse) =>
        Direction(settings) * (pulse - settings.CentrePulse) / settings.PulsePerDegree;

    private static int Direction(AxisSettings settings) => settings.Inverted ? -1 : 1;
}
