using PiCam.Core.Cameras;

namespace PiCam.Core.Frames;

/// <summary>What the camera used for one frame, in libcamera's terms. Null: this camera does not say.</summary>
public sealed record FrameMetadata
{
    /// <summary>When the sensor began the frame, on the camera's own monotonic clock (libcamera: SensorTimestamp, CLOCK_BOOTTIME).</summary>
    public TimeSpan SensorTimestamp { get; init; }

    /// <summary>The <c>version</c> of the last <see cref="ICameraStream.ApplyAsync"/> that the camera has taken in.</summary>
    public long ControlsVersion { get; init; }

    public TimeSpan? ExposureTime { get; init; }

    /// <summary>Linear; 1 is the sensor's base sensitivity.</summary>
    public double? AnalogueGain { get; init; }

    /// <summary>Linear.</summary>
    public double? DigitalGain { get; init; }

    public ColourGains? ColourGains { get; init; }

    /// <summary>Kelvin.</summary>
    public double? ColourTemperature { get; init; }

    public TimeSpan? FrameDuration { get; init; }

    /// <summary>The part of the sensor that is shown, in sensor pixels.</summary>
    public PixelRectangle? ScalerCrop { get; init; }

    /// <summary>Estimated light on the scene, in lux.</summary>
    public double? Lux { get; init; }

    /// <summary>Figure of merit of the focus: larger is sharper, for the same scene.</summary>
    public double? FocusFoM { get; init; }

    /// <summary>Dioptres.</summary>
    public double? LensPosition { get; init; }

    /// <summary>Degrees Celsius.</summary>
    public double? SensorTemperature { get; init; }

    /// <summary>Whether automatic exposure has settled; true as well when it is off.</summary>
    public bool? AeLocked { get; init; }
}
