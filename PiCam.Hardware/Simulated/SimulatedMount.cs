using PiCam.Core.Gimbals;

namespace PiCam.Hardware.Simulated;

/// <summary>What the simulated camera stands on: the angles that the simulated servos hold. Safe to use from any thread.</summary>
public sealed class SimulatedMount
{
    private readonly Lock gate = new();
    private PanTilt aim;

    /// <summary>Degrees; pan positive to the right, tilt positive upwards.</summary>
    public PanTilt Aim
    {
        get
        {
            lock (gate)
            {
                return aim;
            }
        }
    }

    internal void Turn(Axis axis, double degrees)
    {
        lock (gate)
        {
            aim = axis == Axis.Pan ? aim with { Pan = degrees } : aim with { Tilt = degrees };
        }
    }
}
