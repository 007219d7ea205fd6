using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Blazor.Api;

/// <summary>The camera's controls by libcamera's names. In a patch: absent is unchanged, null is automatic.</summary>
internal sealed record ControlValues
{
    /// <summary>Whole microseconds; null: automatic.</summary>
    public long? ExposureTime { get; init; }

    /// <summary>Linear; null: automatic.</summary>
    public double? AnalogueGain { get; init; }

    /// <summary>Stops; null in a patch: 0.</summary>
    public double? ExposureValue { get; init; }

    /// <summary>Null in a patch: auto.</summary>
    public AwbMode? AwbMode { get; init; }

    /// <summary>[red, blue], linear; null: automatic white balance.</summary>
    public IReadOnlyList<double>? ColourGains { get; init; }

    /// <summary>Frames per second; null: the camera's usual rate.</summary>
    public double? FrameRate { get; init; }

    /// <summary>[x, y, width, height] in sensor pixels; null: all that the stream can show.</summary>
    public IReadOnlyList<int>? ScalerCrop { get; init; }

    public static ControlValues From(CameraControls controls) => new()
    {
        ExposureTime = Microseconds(controls.ExposureTime),
        AnalogueGain = controls.AnalogueGain,
        ExposureValue = controls.ExposureValue,
        AwbMode = controls.AwbMode,
        ColourGains = Pair(controls.ColourGains),
        FrameRate = controls.FrameRate,
        ScalerCrop = Quad(controls.ScalerCrop),
    };

    public static ControlValues From(FrameMetadata metadata) => new()
    {
        ExposureTime = Microseconds(metadata.ExposureTime),
        AnalogueGain = metadata.AnalogueGain,
        ColourGains = Pair(metadata.ColourGains),
        FrameRate = metadata.FrameDuration is { Ticks: > 0 } duration ? Math.Round(1 / duration.TotalSeconds, 3) : null,
        ScalerCrop = Quad(metadata.ScalerCrop),
    };

    private static long? Microseconds(TimeSpan? span) =>
        span is { } s ? (long)Math.Round(s.TotalMicroseconds) : null;

    private static double[]? Pair(ColourGains? gains) => gains is { } g ? [g.Red, g.Blue] : null;

    private static int[]? Quad(PixelRectangle? crop) => crop is { } c ? [c.X, c.Y, c.Width, c.Height] : null;
}
