namespace PiCam.Core.Cameras;

/// <summary>
/// The whole desired state of the camera's controls, never a delta: it can be coalesced, and applied again after a restart.
/// Null means "automatic", or "as the camera was configured" where nothing is automatic.
/// </summary>
public sealed record CameraControls
{
    /// <summary>Everything automatic.</summary>
    public static CameraControls Automatic { get; } = new();

    /// <summary>Shutter; null: automatic exposure chooses.</summary>
    public TimeSpan? ExposureTime { get; init; }

    /// <summary>Linear gain, ISO ≈ 100 × gain; null: automatic exposure chooses.</summary>
    public double? AnalogueGain { get; init; }

    /// <summary>Exposure compensation in stops; acts on automatic exposure only.</summary>
    public double ExposureValue { get; init; }

    public AeExposureMode AeExposureMode { get; init; }

    public AeMeteringMode AeMeteringMode { get; init; }

    public AeConstraintMode AeConstraintMode { get; init; }

    public AeFlickerMode AeFlickerMode { get; init; }

    /// <summary>Which light automatic white balance assumes. Without effect while <see cref="ColourGains"/> or <see cref="ColourTemperature"/> is set.</summary>
    public AwbMode AwbMode { get; init; }

    /// <summary>Fixed white balance; null: automatic, or by <see cref="ColourTemperature"/>.</summary>
    public ColourGains? ColourGains { get; init; }

    /// <summary>Fixed white balance in kelvin; null: automatic, or by <see cref="ColourGains"/>, which goes before it.</summary>
    public double? ColourTemperature { get; init; }

    /// <summary>−1 to 1; 0 changes nothing.</summary>
    public double Brightness { get; init; }

    /// <summary>1 changes nothing; 0 is all grey.</summary>
    public double Contrast { get; init; } = 1;

    /// <summary>1 changes nothing; 0 is black and white.</summary>
    public double Saturation { get; init; } = 1;

    /// <summary>1 is what the camera thinks normal; 0 adds none.</summary>
    public double Sharpness { get; init; } = 1;

    public NoiseReductionMode NoiseReductionMode { get; init; }

    public AfMode AfMode { get; init; }

    public AfRange AfRange { get; init; }

    /// <summary>Dioptres, the reciprocal of metres; 0 is infinity. In force in <see cref="Cameras.AfMode.Manual"/> only; null: the lens's own default.</summary>
    public double? LensPosition { get; init; }

    public HdrMode HdrMode { get; init; }

    /// <summary>The part of the sensor that is shown, in sensor pixels; null: all that the stream can show.</summary>
    public PixelRectangle? ScalerCrop { get; init; }

    /// <summary>How the sensor is read; null: the smallest mode that holds the stream.</summary>
    public PixelSize? SensorMode { get; init; }

    /// <summary>The size of the live stream's frames; null: as configured.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>
    /// Frames per second, fixed: exposures are clamped to its frame time. Null: the camera's usual rate, and an exposure
    /// longer than its frame time lowers it.
    /// </summary>
    public double? FrameRate { get; init; }

    /// <summary>JPEG quality, 1 to 100; null: as configured.</summary>
    public double? Quality { get; init; }

    /// <summary>Turned by the camera for halves, by the page for quarters.</summary>
    public Rotation Rotation { get; init; }

    /// <summary>Mirrored left to right, as seen on the page.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Mirrored top to bottom, as seen on the page.</summary>
    public bool VerticalFlip { get; init; }
}
