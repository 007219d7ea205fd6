namespace PiCam.Core.Lights;

/// <summary>What people want of a light.</summary>
public enum LightMode
{
    Off,
    On,

    /// <summary>The LED: lit while somebody gets pictures. The lamp: lit when it is dark.</summary>
    Auto,
}
