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
        pulses = new(settings.MinimumPulse ?? drivers.Minimum, settings.MaximumPulse ?? drivers.Maximum);
        var (one, other) = (AngleOf(pulses.Minimum), AngleOf(pulses.Maximum));
        var minimum = Math.Max(settings.MinimumAngle, Math.Min(one, other));
        var maximum = Math.Min(settings.MaximumAngle, Math.Max(one, other));
        Limits = new(minimum, Math.Max(minimum, maximum), settings.MaximumSpeed, settings.MaximumAcceleration);
        Home = Math.Clamp(settings.HomeAngle, Limits.MinimumAngle, Limits.MaximumAngle);
    }

    public AxisLimits Limits { get; }

    public double Home { get; }

    /// <summary>Microseconds, within the range whatever the angle.</summary>
    public double PulseOf(double degrees) =>
        Math.Clamp(settings.CentrePulse + (Direction * degrees * settings.PulsePerDegree), pulses.Minimum, pulses.Maximum);

    /// <summary>Degrees.</summary>
    public double AngleOf(double pulse) => Direction * (pulse - settings.CentrePulse) / settings.PulsePerDegree;

    private int Direction => settings.Inverted ? -1 : 1;
}
