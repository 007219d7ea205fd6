namespace PiCam.Core.Gimbals;

/// <summary>The gimbal's limits, from the configuration section <c>Gimbal</c>.</summary>
public sealed class GimbalOptions
{
    /// <summary><c>auto</c> (simulated when the camera is, else none), <c>simulated</c> or <c>none</c>.</summary>
    public string Driver { get; set; } = "auto";

    public AxisSettings Pan { get; set; } = new();

    public AxisSettings Tilt { get; set; } = new() { MinimumAngle = -30, MaximumAngle = 60 };
}
