using System.Globalization;

namespace PiCam.Core.Cameras;

/// <summary>Which controls a camera takes, and within which limits.</summary>
public static class CameraControlsRules
{
    /// <summary>Every value in <paramref name="controls"/> that this camera cannot take; empty when all is well.</summary>
    public static IReadOnlyList<InvalidValue> Check(CameraControls controls, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(capabilities);
        var errors = new List<InvalidValue>();
        if (controls.ExposureTime is { } exposure)
        {
            Add(errors, ControlNames.ExposureTime, exposure, capabilities.ExposureTime, Microseconds);
        }

        if (controls.AnalogueGain is { } gain)
        {
            Add(errors, ControlNames.AnalogueGain, gain, capabilities.AnalogueGain, Number);
        }

        if (controls.ExposureValue != 0)
        {
            Add(errors, ControlNames.ExposureValue, controls.ExposureValue, capabilities.ExposureValue, Stops);
        }

        if (controls.AwbMode != AwbMode.Auto && !capabilities.AwbModes.Contains(controls.AwbMode))
        {
            errors.Add(new(ControlNames.AwbMode, controls.AwbMode.ToString(), capabilities.AwbModes.Count == 0
                ? NotOnThisCamera
                : string.Join(", ", capabilities.AwbModes)));
        }

        if (controls.ColourGains is { } gains)
        {
            Add(errors, ControlNames.ColourGains, gains.Red, capabilities.ColourGains, v => "red " + Number(v));
            Add(errors, ControlNames.ColourGains, gains.Blue, capabilities.ColourGains, v => "blue " + Number(v));
        }

        if (controls.FrameRate is { } rate)
        {
            Add(errors, ControlNames.FrameRate, rate, capabilities.FrameRate, FramesPerSecond);
        }

        if (controls.ScalerCrop is { } crop)
        {
            CheckCrop(errors, crop, capabilities);
        }

        return errors;
    }

    /// <summary>
    /// The nearest state that this camera takes: values are clamped, controls it lacks go back to automatic. For settings
    /// that were stored for another camera.
    /// </summary>
    public static CameraControls Fit(CameraControls controls, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(capabilities);
        return new CameraControls
        {
            ExposureTime = Fit(controls.ExposureTime, capabilities.ExposureTime),
            AnalogueGain = Fit(controls.AnalogueGain, capabilities.AnalogueGain),
            ExposureValue = Fit(controls.ExposureValue, capabilities.ExposureValue) ?? 0,
            AwbMode = capabilities.AwbModes.Contains(controls.AwbMode) ? controls.AwbMode : AwbMode.Auto,
            ColourGains = controls.ColourGains is { } gains
                && Fit(gains.Red, capabilities.ColourGains) is { } red
                && Fit(gains.Blue, capabilities.ColourGains) is { } blue
                    ? new ColourGains(red, blue)
                    : null,
            FrameRate = Fit(controls.FrameRate, capabilities.FrameRate),
            ScalerCrop = controls.ScalerCrop is { } crop && CropFits(crop, capabilities) ? crop : null,
        };
    }

    private const string NotOnThisCamera = "nothing: this camera does not have it";

    private static void Add<T>(
        List<InvalidValue> errors, string name, T value, ControlRange<T>? range, Func<T, string> text)
        where T : struct, IComparable<T>
    {
        if (range is null)
        {
            errors.Add(new(name, text(value), NotOnThisCamera));
        }
        else if (!range.Contains(value))
        {
            errors.Add(new(name, text(value), $"{text(range.Minimum)} to {text(range.Maximum)}"));
        }
    }

    private static void CheckCrop(List<InvalidValue> errors, PixelRectangle crop, CameraCapabilities capabilities)
    {
        if (!CropFits(crop, capabilities))
        {
            errors.Add(new(ControlNames.ScalerCrop, crop.ToString(), capabilities.ScalerCropMaximum is { } maximum
                ? $"{capabilities.ScalerCropMinimum ?? new(1, 1)} or larger within {maximum}"
                : NotOnThisCamera));
        }
    }

    private static bool CropFits(PixelRectangle crop, CameraCapabilities capabilities)
    {
        var minimum = capabilities.ScalerCropMinimum ?? new(1, 1);
        return capabilities.ScalerCropMaximum is { } maximum
            && maximum.Contains(crop) && crop.Width >= minimum.Width && crop.Height >= minimum.Height;
    }

    private static T? Fit<T>(T? value, ControlRange<T>? range)
        where T : struct, IComparable<T>
        => value is { } v && range is not null && v is not double.NaN ? range.Clamp(v) : null;

    private static string Microseconds(TimeSpan value) =>
        value.TotalMicroseconds.ToString("0.###", CultureInfo.InvariantCulture) + " µs";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Stops(double value) => Number(value) + " EV";

    private static string FramesPerSecond(double value) => Number(value) + " fps";
}
