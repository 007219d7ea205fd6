namespace PiCam.Core.Cameras;

/// <summary>
/// The whole desired state of the camera's controls, never a delta: it can be coalesced, and applied again after a restart.
/// Null means "automatic".
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

    /// <summary>Which light automatic white balance assumes. Without effect while <see cref="ColourGains"/> is set.</summary>
    public AwbMode AwbMode { get; init; }

    /// <summary>Fixed white balance; null: automatic.</summary>
    public ColourGains? ColourGains { get; init; }

    /// <summary>
    /// Frames per second, fixed: exposures are clamped to its frame time. Null: the camera's usual rate, and an exposure
    /// longer than its frame time lowers it.
    /// </summary>
    public double? FrameRate { get; init; }

    /// <summary>The part of the sensor that is shown, in sensor pixels; null: all that the stream can show.</summary>
    public PixelRectangle? ScalerCrop { get; init; }
}
