namespace PiCam.Core.Lights;

/// <summary>The lights that may be on a pin.</summary>
public enum Light
{
    /// <summary>Shows that the camera is watched.</summary>
    Led,

    /// <summary>Infrared, for a camera without an infrared filter.</summary>
    Lamp,
}
