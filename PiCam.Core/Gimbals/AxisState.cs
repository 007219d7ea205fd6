namespace PiCam.Core.Gimbals;

/// <summary>Where one axis is sent to at one moment, and how fast that angle changes.</summary>
/// <param name="Angle">Degrees.</param>
/// <param name="Speed">Degrees per second; negative towards the minimum angle.</param>
public readonly record struct AxisState(double Angle, double Speed);
