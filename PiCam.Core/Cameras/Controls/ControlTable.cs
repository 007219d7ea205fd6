namespace PiCam.Core.Cameras.Controls;

/// <summary>Every control that PiCam knows, in the order in which people meet them.</summary>
public static class ControlTable
{
    /// <summary>All controls; which of them a camera has, <see cref="CameraControl.ExistsOn"/> says.</summary>
    public static IReadOnlyList<CameraControl> All { get; } =
    [
        // An OV5647 line is about 32 µs, so an exposure is off by up to that.
        new NumberControl(
            ControlNames.ExposureTime,
            c => c.ExposureTime is { } range
                ? new(range.Minimum.TotalMicroseconds, range.Maximum.TotalMicroseconds, range.Default.TotalMicroseconds)
                : null,
            c => c.ExposureTime?.TotalMicroseconds,
            (c, us) => c with { ExposureTime = us is { } value ? TimeSpan.FromMicroseconds(value) : null })
        {
            Unit = " µs",
            Actual = frame => frame.ExposureTime?.TotalMicroseconds,
            Tolerance = (0.02, 40),
        },

        // Gain steps are 1/16.
        new NumberControl(
            ControlNames.AnalogueGain, c => c.AnalogueGain, c => c.AnalogueGain, (c, value) => c with { AnalogueGain = value })
        {
            Actual = frame => frame.AnalogueGain,
            Tolerance = (0.04, 0),
        },
        new NumberControl(
            ControlNames.ExposureValue, c => c.ExposureValue, c => c.ExposureValue, (c, value) => c with { ExposureValue = value ?? 0 })
        {
            Unit = " EV",
            Neutral = 0,
        },
        new ChoiceControl<AeExposureMode>(
            ControlNames.AeExposureMode, c => c.AeExposureModes, c => c.AeExposureMode, (c, mode) => c with { AeExposureMode = mode ?? default }),
        new ChoiceControl<AeMeteringMode>(
            ControlNames.AeMeteringMode, c => c.AeMeteringModes, c => c.AeMeteringMode, (c, mode) => c with { AeMeteringMode = mode ?? default }),
        new ChoiceControl<AeConstraintMode>(
            ControlNames.AeConstraintMode, c => c.AeConstraintModes, c => c.AeConstraintMode, (c, mode) => c with { AeConstraintMode = mode ?? default }),
        new ChoiceControl<AeFlickerMode>(
            ControlNames.AeFlickerMode, c => c.AeFlickerModes, c => c.AeFlickerMode, (c, mode) => c with { AeFlickerMode = mode ?? default }),
        new ChoiceControl<AwbMode>(
            ControlNames.AwbMode, c => c.AwbModes, c => c.AwbMode, (c, mode) => c with { AwbMode = mode ?? default }),
        new ColourGainsControl(),

        new NumberControl(
            ControlNames.ColourTemperature,
            c => c.ColourTemperature,
            c => c.ColourTemperature,
            (c, value) => c with { ColourTemperature = value })
        {
            Unit = " K",
            Actual = frame => frame.ColourTemperature,

            // What the gains come to lies some percent beside what was asked.
            Tolerance = (0.05, 0),
        },
        new NumberControl(
            ControlNames.Brightness, c => c.Brightness, c => c.Brightness, (c, value) => c with { Brightness = value ?? 0 })
        {
            Neutral = 0,
        },
        new NumberControl(
            ControlNames.Contrast, c => c.Contrast, c => c.Contrast, (c, value) => c with { Contrast = value ?? 1 })
        {
            Neutral = 1,
        },
        new NumberControl(
            ControlNames.Saturation, c => c.Saturation, c => c.Saturation, (c, value) => c with { Saturation = value ?? 1 })
        {
            Neutral = 1,
        },
        new NumberControl(
            ControlNames.Sharpness, c => c.Sharpness, c => c.Sharpness, (c, value) => c with { Sharpness = value ?? 1 })
        {
            Neutral = 1,
        },
        new ChoiceControl<NoiseReductionMode>(
            ControlNames.NoiseReductionMode, c => c.NoiseReductionModes, c => c.NoiseReductionMode, (c, mode) => c with { NoiseReductionMode = mode ?? default }),
        new ChoiceControl<AfMode>(
            ControlNames.AfMode, c => c.AfModes, c => c.AfMode, (c, mode) => c with { AfMode = mode ?? default }),
        new ChoiceControl<AfRange>(
            ControlNames.AfRange, c => c.AfRanges, c => c.AfRange, (c, mode) => c with { AfRange = mode ?? default }),
        new NumberControl(
            ControlNames.LensPosition, c => c.LensPosition, c => c.LensPosition, (c, value) => c with { LensPosition = value })
        {
            Unit = " dpt",
            Actual = frame => frame.LensPosition,
            Tolerance = (0.02, 0.05),
        },
        new ChoiceControl<HdrMode>(
            ControlNames.HdrMode, c => c.HdrModes, c => c.HdrMode, (c, mode) => c with { HdrMode = mode ?? default }),
        new ScalerCropControl(),
        new ChoiceControl<PixelSize>(
            ControlNames.SensorMode,
            c => [.. c.SensorModes.Select(mode => mode.Size)],
            c => c.SensorMode,
            (c, size) => c with { SensorMode = size }),
        new ChoiceControl<PixelSize>(ControlNames.Size, c => c.Sizes, c => c.Size, (c, size) => c with { Size = size }),
        new NumberControl(
            ControlNames.FrameRate, c => c.FrameRate, c => c.FrameRate, (c, value) => c with { FrameRate = value })
        {
            Unit = " fps",
            Actual = frame => frame.FrameDuration is { Ticks: > 0 } duration ? 1 / duration.TotalSeconds : null,
        },
        new NumberControl(ControlNames.Quality, c => c.Quality, c => c.Quality, (c, value) => c with { Quality = value })
        {
            Whole = true,
        },
        new ChoiceControl<Rotation>(
            ControlNames.Rotation, _ => Rotations, c => c.Rotation, (c, rotation) => c with { Rotation = rotation ?? default }),
        new ToggleControl(ControlNames.HorizontalFlip, c => c.HorizontalFlip, (c, on) => c with { HorizontalFlip = on }),
        new ToggleControl(ControlNames.VerticalFlip, c => c.VerticalFlip, (c, on) => c with { VerticalFlip = on }),
    ];

    /// <summary>The control with a number of this name.</summary>
    /// <param name="name">One of <see cref="ControlNames"/>.</param>
    public static NumberControl Number(string name) => All.OfType<NumberControl>().Single(control => control.Name == name);

    /// <summary>The control with a choice of this name.</summary>
    /// <param name="name">One of <see cref="ControlNames"/>.</param>
    public static ChoiceControl Choice(string name) => All.OfType<ChoiceControl>().Single(control => control.Name == name);

    private static IReadOnlyList<Rotation> Rotations => Enum.GetValues<Rotation>();
}
