namespace PiCam.Core.Gimbals;

/// <summary>What the gimbal may do and how it is mounted.</summary>
public sealed record GimbalSettings(AxisSettings Pan, AxisSettings Tilt);
