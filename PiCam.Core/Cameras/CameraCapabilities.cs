namespace PiCam.Core.Cameras;

/// <summary>What the running camera says it can do. A control whose range is null (or whose list is empty) does not exist on this camera.</summary>
public sealed record CameraCapabilities
{
    /// <summary>The camera's name, such as "OV5647 (simulated)" or a file's name.</summary>
    public required string Model { get; init; }

    /// <summary>The kind of source: <c>simulated</c>, <c>libcamera</c>, <c>rpicam</c>, <c>ffmpeg</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The size of the frames in the live stream.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>The largest still (<see cref="ICameraStream.CaptureAsync"/>); null: as large as the stream.</summary>
    public PixelSize? StillSize { get; init; }

    /// <summary>Whether the live picture stands still while a still is taken.</summary>
    public bool StillPausesStream { get; init; }

    /// <summary>The sensor's whole pixel array; null when there is no sensor to speak of.</summary>
    public PixelSize? SensorSize { get; init; }

    public IReadOnlyList<SensorMode> SensorModes { get; init; } = [];

    /// <summary>The mode in use.</summary>
    public SensorMode? SensorMode { get; init; }

    /// <summary>Degrees across the picture when <see cref="ScalerCropMaximum"/> is shown.</summary>
    public double? HorizontalFieldOfView { get; init; }

    /// <summary>Degrees from top to bottom when <see cref="ScalerCropMaximum"/> is shown.</summary>
    public double? VerticalFieldOfView { get; init; }

    public ControlRange<TimeSpan>? ExposureTime { get; init; }

    /// <summary>Linear gain.</summary>
    public ControlRange<double>? AnalogueGain { get; init; }

    /// <summary>Stops.</summary>
    public ControlRange<double>? ExposureValue { get; init; }

    public IReadOnlyList<AeExposureMode> AeExposureModes { get; init; } = [];

    public IReadOnlyList<AeMeteringMode> AeMeteringModes { get; init; } = [];

    public IReadOnlyList<AeConstraintMode> AeConstraintModes { get; init; } = [];

    public IReadOnlyList<AeFlickerMode> AeFlickerModes { get; init; } = [];

    public IReadOnlyList<AwbMode> AwbModes { get; init; } = [];

    /// <summary>For the red and for the blue gain, linear.</summary>
    public ControlRange<double>? ColourGains { get; init; }

    /// <summary>Kelvin.</summary>
    public ControlRange<double>? ColourTemperature { get; init; }

    public ControlRange<double>? Brightness { get; init; }

    public ControlRange<double>? Contrast { get; init; }

    public ControlRange<double>? Saturation { get; init; }

    public ControlRange<double>? Sharpness { get; init; }

    public IReadOnlyList<NoiseReductionMode> NoiseReductionModes { get; init; } = [];

    public IReadOnlyList<AfMode> AfModes { get; init; } = [];

    public IReadOnlyList<AfRange> AfRanges { get; init; } = [];

    /// <summary>Dioptres.</summary>
    public ControlRange<double>? LensPosition { get; init; }

    public IReadOnlyList<HdrMode> HdrModes { get; init; } = [];

    /// <summary>The sizes that the stream can be switched to while it runs; empty: it cannot.</summary>
    public IReadOnlyList<PixelSize> Sizes { get; init; } = [];

    /// <summary>JPEG quality, 1 to 100; null: the camera makes the JPEGs itself, or it cannot be changed.</summary>
    public ControlRange<double>? Quality { get; init; }

    /// <summary>Whether the camera itself turns by 180° and mirrors; where it cannot, the page does.</summary>
    public bool Flips { get; init; }

    /// <summary>Whether the camera is started anew for a change of its controls, so that the picture stands still for a moment.</summary>
    public bool RestartsForChanges { get; init; }

    /// <summary>
    /// Whether the camera stands upright for sure, so that a rotation that people ask for turns an upright picture. Else a rotation is
    /// taken for what it mostly is: the way to put the picture of a camera upright that is mounted upside down or on its side.
    /// </summary>
    public bool MountedUpright { get; init; }

    /// <summary>Frames per second.</summary>
    public ControlRange<double>? FrameRate { get; init; }

    /// <summary>The largest ScalerCrop, in sensor pixels; it has the stream's aspect ratio.</summary>
    public PixelRectangle? ScalerCropMaximum { get; init; }

    /// <summary>The smallest ScalerCrop width and height, in sensor pixels.</summary>
    public PixelSize? ScalerCropMinimum { get; init; }
}
