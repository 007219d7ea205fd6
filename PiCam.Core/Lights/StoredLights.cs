namespace PiCam.Core.Lights;

/// <summary>What people want of the lights, as it is stored.</summary>
internal sealed record StoredLights(LightMode Led, LightMode Lamp);
