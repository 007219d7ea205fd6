namespace PiCam.Core.Lights;

/// <summary>Where a light stands.</summary>
/// <param name="Mode">What people want of it.</param>
/// <param name="IsLit">Whether its pin is switched on.</param>
/// <param name="Fault">Why it is not as it should be; null: it is.</param>
public sealed record LightState(LightMode Mode, bool IsLit, Reason? Fault);
