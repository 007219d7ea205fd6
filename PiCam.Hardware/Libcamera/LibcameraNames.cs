namespace PiCam.Hardware.Libcamera;

/// <summary>libcamera's own names of its controls.</summary>
internal static class LibcameraNames
{
    public const string ExposureTime = "ExposureTime";
    public const string AnalogueGain = "AnalogueGain";
    public const string ExposureValue = "ExposureValue";
    public const string AeExposureMode = "AeExposureMode";
    public const string AeMeteringMode = "AeMeteringMode";
    public const string AeConstraintMode = "AeConstraintMode";
    public const string AeFlickerMode = "AeFlickerMode";
    public const string AeFlickerPeriod = "AeFlickerPeriod";
    public const string AwbEnable = "AwbEnable";
    public const string AwbMode = "AwbMode";
    public const string ColourGains = "ColourGains";
    public const string ColourTemperature = "ColourTemperature";
    public const string Brightness = "Brightness";
    public const string Contrast = "Contrast";
    public const string Saturation = "Saturation";
    public const string Sharpness = "Sharpness";
    public const string NoiseReductionMode = "NoiseReductionMode";
    public const string AfMode = "AfMode";
    public const string AfRange = "AfRange";
    public const string LensPosition = "LensPosition";
    public const string HdrMode = "HdrMode";
    public const string ScalerCrop = "ScalerCrop";
    public const string FrameDurationLimits = "FrameDurationLimits";
}
