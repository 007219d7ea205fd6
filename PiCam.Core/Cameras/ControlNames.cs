namespace PiCam.Core.Cameras;

/// <summary>The controls' names in the HTTP API, in errors and in <see cref="CameraState.Controls"/>: libcamera's, in camelCase.</summary>
public static class ControlNames
{
    public const string ExposureTime = "exposureTime";
    public const string AnalogueGain = "analogueGain";
    public const string ExposureValue = "exposureValue";
    public const string AeExposureMode = "aeExposureMode";
    public const string AeMeteringMode = "aeMeteringMode";
    public const string AeConstraintMode = "aeConstraintMode";
    public const string AeFlickerMode = "aeFlickerMode";
    public const string AwbMode = "awbMode";
    public const string ColourGains = "colourGains";
    public const string ColourTemperature = "colourTemperature";
    public const string Brightness = "brightness";
    public const string Contrast = "contrast";
    public const string Saturation = "saturation";
    public const string Sharpness = "sharpness";
    public const string NoiseReductionMode = "noiseReductionMode";
    public const string AfMode = "afMode";
    public const string AfRange = "afRange";
    public const string LensPosition = "lensPosition";
    public const string HdrMode = "hdrMode";
    public const string ScalerCrop = "scalerCrop";
    public const string SensorMode = "sensorMode";
    public const string Size = "size";
    public const string FrameRate = "frameRate";
    public const string Quality = "quality";
    public const string Rotation = "rotation";
    public const string HorizontalFlip = "horizontalFlip";
    public const string VerticalFlip = "verticalFlip";
}
