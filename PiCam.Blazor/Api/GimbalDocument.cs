using PiCam.Core.Gimbals;

namespace PiCam.Blazor.Api;

/// <summary>Where the gimbal was sent, what it does and what it may do; all angles in degrees.</summary>
/// <param name="Position">The angles last sent to the servos; open loop, so never measured.</param>
/// <param name="Target">Where the present move ends.</param>
/// <param name="Moving">Whether it moves.</param>
/// <param name="MovedBy">Who asked for the present or last move.</param>
/// <param name="Fault">Why the hardware broke off the last move, else null.</param>
/// <param name="Home">Where home is.</param>
/// <param name="Limits">The least and greatest angles.</param>
/// <param name="MaximumSpeed">Degrees per second; what 1 means in a continuous move.</param>
internal sealed record GimbalDocument(
    PanTilt Position,
    PanTilt Target,
    bool Moving,
    string? MovedBy,
    string? Fault,
    PanTilt Home,
    GimbalLimits Limits,
    PanTilt MaximumSpeed)
{
    public static GimbalDocument From(Gimbal gimbal)
    {
        var status = gimbal.Status;
        return new GimbalDocument(
            status.Position,
            status.Target,
            status.Moving,
            status.MovedBy,
            status.Fault?.English,
            gimbal.Home,
            new GimbalLimits(
                new(gimbal.PanLimits.MinimumAngle, gimbal.PanLimits.MaximumAngle),
                new(gimbal.TiltLimits.MinimumAngle, gimbal.TiltLimits.MaximumAngle)),
            new(gimbal.PanLimits.MaximumSpeed, gimbal.TiltLimits.MaximumSpeed));
    }
}

/// <param name="Pan">Degrees.</param>
/// <param name="Tilt">Degrees.</param>
internal sealed record GimbalLimits(AngleRange Pan, AngleRange Tilt);

/// <param name="Minimum">Degrees.</param>
/// <param name="Maximum">Degrees.</param>
internal sealed record AngleRange(double Minimum, double Maximum);
