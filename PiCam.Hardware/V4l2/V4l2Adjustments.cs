using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Hardware.V4l2;

/// <summary>PiCam's controls as values of one device, both ways. Arithmetic only.</summary>
internal sealed class V4l2Adjustments(IReadOnlyDictionary<V4l2ControlId, V4l2Control> controls)
{
    // v4l2-controls.h: enum v4l2_exposure_auto_type.
    private const int ExposureAutomatic = 0;
    private const int ExposureManual = 1;
    private const int ExposureAperturePriority = 3;

    // A webcam's gain has no unit. Its smallest value is gain 1; how far it goes nobody says, so eight times, as libcamera's
    // automatic exposure goes with an OV5647.
    private const double LargestGain = 8;

    // EXPOSURE_ABSOLUTE counts in 100 µs.
    private static readonly TimeSpan ExposureUnit = TimeSpan.FromMicroseconds(100);

    /// <summary>Whether it mirrors both ways, and so turns by 180° too.</summary>
    public bool Flips => Find(V4l2ControlId.HorizontalFlip) is not null && Find(V4l2ControlId.VerticalFlip) is not null;

    /// <summary>Adds to <paramref name="capabilities"/> what the device has.</summary>
    public CameraCapabilities Describe(CameraCapabilities capabilities) => capabilities with
    {
        ExposureTime = Exposure() is { } exposure
            ? new(Math.Max(1, exposure.Minimum) * ExposureUnit, exposure.Maximum * ExposureUnit, Math.Max(1, exposure.Default) * ExposureUnit)
            : null,
        AnalogueGain = Gain() is { } gain ? new(1, LargestGain, ToGain(gain, gain.Default)) : null,
        AeFlickerModes = Find(V4l2ControlId.PowerLineFrequency) is { } frequency
            ? [.. frequency.MenuItems.Select(ToFlickerMode).OfType<AeFlickerMode>()]
            : [],
        ColourTemperature = Find(V4l2ControlId.WhiteBalanceTemperature) is { } temperature
            ? new(temperature.Minimum, temperature.Maximum, temperature.Default)
            : null,
        Brightness = Scale(V4l2ControlId.Brightness, 0)?.Range,
        Contrast = Scale(V4l2ControlId.Contrast, 1)?.Range,
        Saturation = Scale(V4l2ControlId.Saturation, 1)?.Range,
        Sharpness = Scale(V4l2ControlId.Sharpness, 1)?.Range,
        Flips = Flips,
    };

    /// <summary>The device's values for a desired state, in the order in which to set them: an automatic must be off before its value is taken.</summary>
    public IEnumerable<(V4l2ControlId Id, int Value)> For(CameraControls desired)
    {
        foreach (var (id, value) in Exposure(desired).Concat(WhiteBalance(desired)))
        {
            yield return (id, value);
        }

        foreach (var (id, neutral, value) in new[]
        {
            (V4l2ControlId.Brightness, 0, desired.Brightness),
            (V4l2ControlId.Contrast, 1, desired.Contrast),
            (V4l2ControlId.Saturation, 1, desired.Saturation),
            (V4l2ControlId.Sharpness, 1.0, desired.Sharpness),
        })
        {
            if (Scale(id, neutral) is { } scale)
            {
                yield return (id, scale.ToDevice(value));
            }
        }

        if (Find(V4l2ControlId.PowerLineFrequency) is { } frequency)
        {
            foreach (var item in frequency.MenuItems.Where(item => ToFlickerMode(item) == desired.AeFlickerMode))
            {
                yield return (V4l2ControlId.PowerLineFrequency, item);
            }
        }

        if (Flips)
        {
            var orientation = Orientation.Of(desired, cameraFlips: true);
            yield return (V4l2ControlId.HorizontalFlip, orientation.CameraHorizontalFlip ? 1 : 0);
            yield return (V4l2ControlId.VerticalFlip, orientation.CameraVerticalFlip ? 1 : 0);
        }
    }

    /// <summary>What the device says is in force of what was asked for; of automatic values webcams tell nothing reliable.</summary>
    /// <exception cref="V4l2Exception">The device refused.</exception>
    public FrameMetadata ReadBack(CameraControls desired, Func<V4l2ControlId, int> get) => new()
    {
        ExposureTime = desired.ExposureTime is not null && Exposure() is not null
            ? get(V4l2ControlId.ExposureAbsolute) * ExposureUnit
            : null,
        AnalogueGain = desired.AnalogueGain is not null && Gain() is { } gain ? ToGain(gain, get(V4l2ControlId.Gain)) : null,
        ColourTemperature = desired.ColourTemperature is not null && Find(V4l2ControlId.WhiteBalanceTemperature) is not null
            ? get(V4l2ControlId.WhiteBalanceTemperature)
            : null,
    };

    private static double ToGain(V4l2Control gain, int value) =>
        1 + ((LargestGain - 1) * ((double)value - gain.Minimum) / ((double)gain.Maximum - gain.Minimum));

    private static AeFlickerMode? ToFlickerMode(int item) => item switch
    {
        0 => AeFlickerMode.Off,
        1 => AeFlickerMode.Hz50,
        2 => AeFlickerMode.Hz60,
        3 => AeFlickerMode.Auto,
        _ => null,
    };

    private IEnumerable<(V4l2ControlId Id, int Value)> Exposure(CameraControls desired)
    {
        if (Find(V4l2ControlId.ExposureAuto) is { } mode)
        {
            // Webcams call automatic "aperture priority": the lens has none to set.
            var automatic = mode.MenuItems.Contains(ExposureAperturePriority) ? ExposureAperturePriority : ExposureAutomatic;
            var wanted = desired.ExposureTime is null ? automatic : ExposureManual;
            if (mode.MenuItems.Contains(wanted))
            {
                yield return (V4l2ControlId.ExposureAuto, wanted);
            }
        }

        if (desired.ExposureTime is { } time && Exposure() is { } exposure)
        {
            yield return (V4l2ControlId.ExposureAbsolute, V4l2Steps.Nearest(exposure, time / ExposureUnit));
        }

        if (Find(V4l2ControlId.AutoGain) is not null)
        {
            yield return (V4l2ControlId.AutoGain, desired.AnalogueGain is null ? 1 : 0);
        }

        if (Gain() is { } gain && (desired.AnalogueGain is not null || Find(V4l2ControlId.AutoGain) is null))
        {
            var value = desired.AnalogueGain is { } linear
                ? gain.Minimum + ((linear - 1) / (LargestGain - 1) * ((double)gain.Maximum - gain.Minimum))
                : gain.Default;
            yield return (V4l2ControlId.Gain, V4l2Steps.Nearest(gain, value));
        }
    }

    private IEnumerable<(V4l2ControlId Id, int Value)> WhiteBalance(CameraControls desired)
    {
        if (Find(V4l2ControlId.AutoWhiteBalance) is not null)
        {
            yield return (V4l2ControlId.AutoWhiteBalance, desired.ColourTemperature is null ? 1 : 0);
        }

        if (desired.ColourTemperature is { } kelvin && Find(V4l2ControlId.WhiteBalanceTemperature) is { } temperature)
        {
            yield return (V4l2ControlId.WhiteBalanceTemperature, V4l2Steps.Nearest(temperature, kelvin));
        }
    }

    /// <summary>The shutter, where the device can let go of automatic exposure.</summary>
    private V4l2Control? Exposure() =>
        Find(V4l2ControlId.ExposureAuto) is null || Find(V4l2ControlId.ExposureAuto)!.MenuItems.Contains(ExposureManual)
            ? Find(V4l2ControlId.ExposureAbsolute)
            : null;

    private V4l2Control? Gain() => Find(V4l2ControlId.Gain);

    private V4l2Scale? Scale(V4l2ControlId id, double neutral) => Find(id) is { } control ? new(control, neutral) : null;

    /// <summary>The control, if it has more than one value.</summary>
    private V4l2Control? Find(V4l2ControlId id) =>
        controls.TryGetValue(id, out var control) && control.Minimum < control.Maximum ? control : null;
}
