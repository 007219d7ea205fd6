namespace PiCam.Core.Gimbals.Calibration;

/// <summary>How the axes are calibrated; null: not, so that the configuration holds.</summary>
public sealed record StoredCalibration(AxisSettings? Pan, AxisSettings? Tilt);
