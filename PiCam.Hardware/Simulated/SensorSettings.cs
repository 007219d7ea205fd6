using PiCam.Core.Cameras;

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
    /// <summary>Seconds of exposure at gain 1 that would give the same brightness.</summary>
    public double TotalExposure => ExposureTime.TotalSeconds * AnalogueGain;
}
