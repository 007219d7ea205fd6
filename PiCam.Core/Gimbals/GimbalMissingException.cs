namespace PiCam.Core.Gimbals;

/// <summary>Somebody asked to move the gimbal of a panel that has none.</summary>
public sealed class GimbalMissingException() : Exception("This panel has no gimbal (Gimbal:Driver is none, or no servos were found).");
