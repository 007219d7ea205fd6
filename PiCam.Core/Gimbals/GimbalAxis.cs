namespace PiCam.Core.Gimbals;

/// <summary>One axis of <see cref="Gimbal"/>: what it was asked, where it is on the way, what its servo was told. Guarded by the gimbal's lock.</summary>
internal sealed class GimbalAxis(AxisOptions options, IServo? servo)
{
    private AxisState state = new(options.HomeAngle, 0);
    private double? target;
    private double speed;
    private double known = options.HomeAngle;
    private bool told;

    public AxisLimits Limits { get; } =
        new(options.MinimumAngle, options.MaximumAngle, options.MaximumSpeed, options.MaximumAcceleration);

    public double Home { get; } = options.HomeAngle;

    public double Angle => state.Angle;

    public double Target => target ?? SlewProfile.StoppingPoint(state, Limits, Gimbal.Step);

    public bool Moving => state.Speed != 0 || (target is { } end ? end != state.Angle : speed != 0 && !AtLimit);

    // A continuous move that leans on a limit is at rest: the loop need not run for it.
    private bool AtLimit => speed > 0 ? state.Angle >= Limits.MaximumAngle : state.Angle <= Limits.MinimumAngle;

    public void GoTo(double degrees) => target = Math.Clamp(degrees, Limits.MinimumAngle, Limits.MaximumAngle);

    /// <param name="fraction">−1…1 of the maximum speed; 0 brings the axis to rest.</param>
    public void GoAt(double fraction)
    {
        target = null;
        speed = fraction * Limits.MaximumSpeed;
    }

    /// <summary>Ends a move at a speed; a move to a target goes on.</summary>
    public void EndContinuousMove() => speed = 0;

    public void Advance()
    {
        state = target is { } end
            ? SlewProfile.Towards(state, end, Limits, Gimbal.Step)
            : SlewProfile.AtSpeed(state, speed, Limits, Gimbal.Step);
    }

    /// <summary>What the servo must be told, or null if it was told already.</summary>
    public double? ToSend => told && known == state.Angle ? null : state.Angle;

    /// <summary>Tells the servo; called without the gimbal's lock, as the bus may be slow.</summary>
    public void Send(double degrees) => servo?.MoveTo(degrees);

    public void WasSent(double degrees)
    {
        known = degrees;
        told = true;
    }

    /// <summary>Gives up the move. The servo may or may not have taken the last angle, so the next move tells it again.</summary>
    public void BreakOff()
    {
        state = new AxisState(known, 0);
        target = null;
        speed = 0;
        told = false;
    }
}
