namespace PiCam.Core.Lights;

/// <summary>Why a light is not as it should be, apart from its pin.</summary>
public static class LightFault
{
    /// <summary>On auto, without anything to go by.</summary>
    public static Reason NoLux { get; } = new("The lamp stays off: this camera does not say how bright it is. Switch it by hand.", "light.noLux");
}
