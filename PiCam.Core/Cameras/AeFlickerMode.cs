namespace PiCam.Core.Cameras;

/// <summary>Which mains frequency automatic exposure avoids (libcamera: AeFlickerMode with AeFlickerPeriod).</summary>
public enum AeFlickerMode
{
    Off,

    /// <summary>The camera finds out.</summary>
    Auto,

    /// <summary>AeFlickerPeriod 10 000 µs.</summary>
    Hz50,

    /// <summary>AeFlickerPeriod 8 333 µs.</summary>
    Hz60,
}
