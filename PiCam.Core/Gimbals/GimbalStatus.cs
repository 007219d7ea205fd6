namespace PiCam.Core.Gimbals;

/// <summary>Where the gimbal was sent and what it does. Open loop: positions are commanded, never measured.</summary>
/// <param name="Position">Degrees; the angles last sent to the servos.</param>
/// <param name="Target">Degrees; where the present move ends (equal to the position when idle).</param>
/// <param name="Moving">ONVIF's Moving (true) or Idle.</param>
/// <param name="MovedBy">The name of who asked for the present or last move; null before the first.</param>
public sealed record GimbalStatus(PanTilt Position, PanTilt Target, bool Moving, string? MovedBy);
