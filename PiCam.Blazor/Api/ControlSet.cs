using PiCam.Core.Cameras;

namespace PiCam.Blazor.Api;

/// <summary>Which controls a camera has.</summary>
internal static class ControlSet
{
    /// <summary>Their names as the API spells them.</summary>
    public static string[] Of(CameraCapabilities capabilities)
    {
        (string Name, bool Exists)[] controls =
        [
            (ControlNames.ExposureTime, capabilities.ExposureTime is not null),
            (ControlNames.AnalogueGain, capabilities.AnalogueGain is not null),
            (ControlNames.ExposureValue, capabilities.ExposureValue is not null),
            (ControlNames.AwbMode, capabilities.AwbModes.Count > 0),
            (ControlNames.ColourGains, capabilities.ColourGains is not null),
            (ControlNames.FrameRate, capabilities.FrameRate is not null),
            (ControlNames.ScalerCrop, capabilities.ScalerCropMaximum is not null),
        ];
        return [.. controls.Where(c => c.Exists).Select(c => c.Name)];
    }
}
