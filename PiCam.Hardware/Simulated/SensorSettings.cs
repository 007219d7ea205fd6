using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Hardware.Simulated;

/// <summary>What the sensor and the picture processor use for one frame: the truth behind its metadata.</summary>
internal sealed record SensorSettings(
    CameraControls Controls,
    CameraCapabilities Capabilities,
    long Version,
    TimeSpan ExposureTime,
    double AnalogueGain,
    ColourGains ColourGains,
    TimeSpan FrameDuration,
    TimeSpan LongestExposure,
    PixelRectangle ScalerCrop,
    bool AeLocked)
{
    /// <summary>The metadata of a frame.</summary>
    /// <param name="timestamp">When the sensor began it.</param>
    /// <param name="statistics">What it looked like.</param>
    public FrameMetadata Describe(TimeSpan timestamp, FrameStatistics statistics) => new()
    {
        SensorTimestamp = timestamp,
        ControlsVersion = Version,
        ExposureTime = ExposureTime,
        AnalogueGain = AnalogueGain,
        DigitalGain = 1,
        ColourGains = ColourGains,
        ColourTemperature = ColourTemperatureCurve.Kelvin(ColourGains),
        FrameDuration = FrameDuration,
        ScalerCrop = ScalerCrop,
        Lux = statistics.Radiance * SensorModel.LuxPerRadiance,
        AeLocked = AeLocked,
    };

    /// <summary>Seconds of exposure at gain 1 that would give the same brightness.</summary>
    public double TotalExposure => ExposureTime.TotalSeconds * AnalogueGain;
}
