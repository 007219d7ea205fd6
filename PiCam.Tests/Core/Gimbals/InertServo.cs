using PiCam.Core.Gimbals;

namespace PiCam.Tests.Core.Gimbals;

/// <summary>
/// A servo with mass: its shaft follows the pulses as a spring with damping follows a hand (second order, damping 0.7, 25 rad/s:
/// 60° in about 0.15 s, as the data sheets of hobby servos say), so that it overshoots what stops abruptly.
/// </summary>
internal sealed class InertServo : IServo
{
    private const double Damping = 0.7;
    private const double Stiffness = 25;
    private static readonly double Slice = Gimbal.Step.TotalSeconds / 20;

    private double wanted;
    private double speed;

    /// <summary>Degrees; where the shaft really is.</summary>
    public double Angle { get; private set; }

    /// <summary>Degrees; the farthest that it ever was.</summary>
    public double Lowest { get; private set; }

    /// <inheritdoc cref="Lowest"/>
    public double Highest { get; private set; }

    public double? ReadPulseWidth() => null;

    public void WritePulseWidth(double microseconds) => wanted = (microseconds - 1500) / AxisSettings.NominalPulsePerDegree;

    public void Stop()
    {
        // Friction holds it about where the pulses had it.
    }

    /// <summary>Lets one step of the gimbal's loop pass.</summary>
    public void Pass()
    {
        for (var i = 0; i < 20; i++)
        {
            speed += ((Stiffness * Stiffness * (wanted - Angle)) - (2 * Damping * Stiffness * speed)) * Slice;
            Angle += speed * Slice;
            Lowest = Math.Min(Lowest, Angle);
            Highest = Math.Max(Highest, Angle);
        }
    }
}
