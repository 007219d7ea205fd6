using PiCam.Core.Gimbals;

namespace PiCam.Hardware.Simulated;

/// <summary>A servo without mass: the mount is at the commanded angle at once.</summary>
public sealed class SimulatedServo(SimulatedMount mount, SimulatedAxis axis) : IServo
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number.</exception>
    public void MoveTo(double degrees)
    {
        if (!double.IsFinite(degrees))
        {
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "An angle must be a finite number.");
        }

        mount.Turn(axis, degrees);
    }
}
