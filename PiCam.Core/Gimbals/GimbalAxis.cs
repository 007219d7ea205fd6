namespace PiCam.Core.Gimbals;

/// <summary>One axis of <see cref="Gimbal"/>: what it was asked, where it is on the way, what its servo was told. Guarded by the gimbal's lock.</summary>
internal sealed class GimbalAxis
{
    private readonly IServo? servo;
    private readonly PulseRange driversPulses;
    private AxisGeometry geometry;
    private AxisState state;
    private double? target;
    private double speed;
    private double pace = 1;

    /// <summary>The angle of the last pulse that the servo took; null when it may be on another, or on none.</summary>
    private double? told;
    private bool wantsPulses;

    /// <summary>Whether anything is known of where the servo stands; home is but a guess.</summary>
    private bool known;
    private long? restingSince;

    public GimbalAxis(AxisSettings settings, IServo? servo, PulseRange driversPulses)
    {
        this.servo = servo;
        this.driversPulses = driversPulses;
        Settings = settings;
        geometry = new AxisGeometry(settings, driversPulses);
        state = new AxisState(geometry.Home, 0);
        LastTold = state.Angle;
    }

    public AxisSettings Settings { get; private set; }

    public AxisLimits Limits => geometry.Limits;

    public double Home => geometry.Home;

    public double Angle => state.Angle;

    /// <summary>Microseconds; of the present angle.</summary>
    public double Pulse => geometry.PulseOf(state.Angle);

    public double Target => target ?? SlewProfile.StoppingPoint(state, Reach, Gimbal.Step);

    public bool Moving => state.Speed != 0 || (target is { } end ? end != state.Angle : speed != 0 && !AtLimit);

    /// <summary>Whether it moves at a speed, not to a target.</summary>
    public bool IsContinuous => target is null && speed != 0;

    /// <summary>Whether pulses keep the servo where it is.</summary>
    public bool IsHeld => told is not null;

    /// <summary>What the servo must be told, or null if it was told already.</summary>
    public double? ToSend => !wantsPulses || told == state.Angle ? null : state.Angle;

    /// <summary>The last angle that the servo surely had, for the way back from a fault.</summary>
    private double LastTold { get; set; }

    // A continuous move that leans on a limit is at rest: the loop need not run for it.
    private bool AtLimit => speed > 0 ? state.Angle >= Limits.MaximumAngle : state.Angle <= Limits.MinimumAngle;

    // Limits that were drawn in while the axis stood outside let it come back at its own pace, and no further out.
    private AxisLimits Reach => Limits with
    {
        MinimumAngle = Math.Min(Limits.MinimumAngle, state.Angle),
        MaximumAngle = Math.Max(Limits.MaximumAngle, state.Angle),
    };

    /// <summary>Takes the angle that the servo's pulses mean now for the one to start from; nothing is told to it.</summary>
    public void StandAt(double degrees)
    {
        state = new AxisState(degrees, 0);
        LastTold = degrees;
        told = degrees;
        wantsPulses = true;
        known = true;
    }

    /// <summary>Other settings from now on. The pulse that the servo gets becomes the angle that it means now; nothing moves.</summary>
    public void Use(AxisSettings settings)
    {
        var (pulse, wasHeld, wasKnown) = (Pulse, IsHeld, known);
        Settings = settings;
        geometry = new AxisGeometry(settings, driversPulses);
        target = null;
        speed = 0;
        StandAt(wasKnown ? geometry.AngleOf(pulse) : geometry.Home);
        known = wasKnown;
        if (!wasHeld)
        {
            told = null;
            wantsPulses = false;
        }
    }

    /// <summary>Somebody aims: the servo is to hold its angle, whether or not this axis moves.</summary>
    public void Wake() => wantsPulses = true;

    /// <param name="degrees">Beyond a limit it means the limit.</param>
    /// <param name="fraction">Above 0 to 1 of the maximum speed.</param>
    public void GoTo(double degrees, double fraction = 1)
    {
        target = Math.Clamp(degrees, Limits.MinimumAngle, Limits.MaximumAngle);
        pace = fraction;
    }

    /// <param name="fraction">−1…1 of the maximum speed; 0 brings the axis to rest.</param>
    public void GoAt(double fraction)
    {
        target = null;
        speed = fraction * Limits.MaximumSpeed;
    }

    /// <summary>Ends a move at a speed; a move to a target goes on.</summary>
    public void EndContinuousMove() => speed = 0;

    public void Advance() => state = target is { } end
        ? SlewProfile.Towards(state, end, Reach, Gimbal.Step, pace)
        : SlewProfile.AtSpeed(state, speed, Reach, Gimbal.Step);

    /// <summary>The pulse the device sends now, or null; called without the gimbal's lock, as the bus may be slow.</summary>
    public double? Read() => servo?.ReadPulseWidth() is { } pulse ? geometry.AngleOf(pulse) : null;

    /// <summary>Tells the servo; called without the gimbal's lock.</summary>
    public void Send(double degrees) => servo?.WritePulseWidth(geometry.PulseOf(degrees));

    /// <summary>Ends the pulses; called without the gimbal's lock.</summary>
    public void Detach() => servo?.Stop();

    public void WasSent(double degrees)
    {
        told = degrees;
        LastTold = degrees;
        known = true;
        restingSince = null;
    }

    public void WasDetached() => told = null;

    /// <summary>Gives up the move. The servo may or may not have taken the last angle, so it is told again.</summary>
    public void BreakOff()
    {
        state = new AxisState(LastTold, 0);
        target = null;
        speed = 0;
        told = null;
    }

    /// <summary>
    /// Whether the pulses are to end now. They are wanted no more from then on, so that somebody who aims while the servo is told
    /// gets them back.
    /// </summary>
    public bool LetsGo(TimeProvider time)
    {
        if (DetachesIn(time) != TimeSpan.Zero)
        {
            return false;
        }

        wantsPulses = false;
        return true;
    }

    /// <summary>How long until the pulses should end; null: they need not, or have ended.</summary>
    public TimeSpan? DetachesIn(TimeProvider time)
    {
        if (Moving || !IsHeld || Settings.DetachAfter <= 0)
        {
            restingSince = null;
            return null;
        }

        restingSince ??= time.GetTimestamp();
        var left = TimeSpan.FromSeconds(Settings.DetachAfter) - time.GetElapsedTime(restingSince.Value);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
