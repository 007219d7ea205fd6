namespace PiCam.Core.Gimbals;

/// <summary>Where the gimbal was sent and what it does. Open loop: positions are commanded, never measured.</summary>
/// <param name="Position">Degrees; the angles last sent to the servos, or home before the first move.</param>
/// <param name="Target">
/// Degrees; where the present move ends (equal to the position when idle). For a continuous move: where it would come to
/// rest if it were stopped now.
/// </param>
/// <param name="Moving">ONVIF's Moving (true) or Idle.</param>
/// <param name="MovedBy">The name of who asked for the present or last move; null before the first.</param>
/// <param name="Fault">Why the last move was broken off by the hardware, in words for the page; null when all is well.</param>
public sealed record GimbalStatus(PanTilt Position, PanTilt Target, bool Moving, string? MovedBy, Reason? Fault);
