namespace PiCam.Core.Gimbals;

/// <summary>What one axis of the gimbal may do.</summary>
public sealed class AxisOptions
{
    /// <summary>Degrees.</summary>
    public double MinimumAngle { get; set; } = -90;

    /// <summary>Degrees.</summary>
    public double MaximumAngle { get; set; } = 90;

    /// <summary>Degrees; where GotoHome goes.</summary>
    public double HomeAngle { get; set; }

    /// <summary>Degrees per second.</summary>
    public double MaximumSpeed { get; set; } = 60;

    /// <summary>Degrees per second squared.</summary>
    public double MaximumAcceleration { get; set; } = 240;
}
