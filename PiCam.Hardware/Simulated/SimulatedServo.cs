using PiCam.Core.Gimbals;

namespace PiCam.Hardware.Simulated;

/// <summary>A servo without mass: the mount is at the commanded angle at once, and stays there without pulses.</summary>
public sealed class SimulatedServo(SimulatedMount mount, Axis axis) : IServo
{
    private const double CentrePulse = 1500;

    /// <inheritdoc/>
    public double? ReadPulseWidth()
    {
        var aim = mount.Aim;
        return CentrePulse + ((axis == Axis.Pan ? aim.Pan : aim.Tilt) * AxisSettings.NominalPulsePerDegree);
    }

    /// <inheritdoc/>
    public void WritePulseWidth(double microseconds)
    {
        PulseRange.Widest.Demand(microseconds);
        mount.Turn(axis, (microseconds - CentrePulse) / AxisSettings.NominalPulsePerDegree);
    }

    /// <inheritdoc/>
    public void Stop()
    {
        // Friction holds it.
    }
}
