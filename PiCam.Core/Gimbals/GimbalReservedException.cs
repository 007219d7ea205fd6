namespace PiCam.Core.Gimbals;

/// <summary>Nobody else may aim now: somebody calibrates the gimbal.</summary>
/// <param name="by">Who does, by name.</param>
public sealed class GimbalReservedException(string by) : ReasonException(new Reason($"{by} is calibrating the gimbal.", "gimbal.reserved", by));
