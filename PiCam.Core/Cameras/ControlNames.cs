namespace PiCam.Core.Cameras;

/// <summary>The controls' names in the HTTP API, in errors and in <see cref="CameraState.Controls"/>: libcamera's, in camelCase.</summary>
public static class ControlNames
{
    public const string ExposureTime = "exposureTime";
    public const string AnalogueGain = "analogueGain";
    public const string ExposureValue = "exposureValue";
    public const string AwbMode = "awbMode";
    public const string ColourGains = "colourGains";
    public const string FrameRate = "frameRate";
    public const string ScalerCrop = "scalerCrop";
}
