namespace PiCam.Core.Gimbals.Calibration;

/// <summary>A calibration that is under way, as far as it has come. Pulses are in microseconds.</summary>
/// <param name="Axis">Which axis it is of.</param>
/// <param name="By">Who does it.</param>
/// <param name="LowEnd">The shortest pulse that the servo takes; null: not found yet.</param>
/// <param name="HighEnd">The longest one.</param>
/// <param name="Centre">The pulse at which the camera looks straight ahead.</param>
public sealed record CalibrationRun(Axis Axis, string By, double? LowEnd = null, double? HighEnd = null, double? Centre = null);
