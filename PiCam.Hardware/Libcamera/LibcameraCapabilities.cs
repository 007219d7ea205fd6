using System.Text.Json;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Libcamera;

/// <summary>From the helper's hello and its newest configuration to what PiCam knows of a camera.</summary>
internal static class LibcameraCapabilities
{
    public const string Source = "libcamera";

    /// <summary>What people choose from; the camera may list dozens.</summary>
    public static readonly IReadOnlyList<PixelSize> UsualSizes =
        [new(640, 360), new(640, 480), new(960, 540), new(1280, 720), new(1296, 972), new(1600, 1200), new(1920, 1080)];

    private const double UsualFrameRate = 30;

    /// <exception cref="HelperProtocolException">Something that the protocol promises is missing.</exception>
    public static CameraCapabilities From(JsonElement hello, JsonElement configured)
    {
        try
        {
            return Build(hello, configured);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new HelperProtocolException("the camera helper describes its camera in a way that is not its protocol", exception);
        }
    }

    /// <summary>The controls of the configuration, by libcamera's names.</summary>
    public static IReadOnlyDictionary<string, HelperControl> Controls(JsonElement configured) =>
        configured.GetProperty("controls").EnumerateObject().ToDictionary(c => c.Name, c => new HelperControl(c.Value));

    private static CameraCapabilities Build(JsonElement hello, JsonElement configured)
    {
        var controls = Controls(configured);
        var model = hello.GetProperty("model").GetString() ?? "camera";
        var size = Size(configured.GetProperty("size"));
        PixelSize? array = hello.GetProperty("pixelArraySize") is { ValueKind: JsonValueKind.Array } a ? Size(a) : null;
        var crop = Crop(controls, configured, size, array);
        var view = crop is { } c && array is { } whole ? SensorOptics.View(model, whole, c) : null;
        var modes = hello.GetProperty("sensorModes").EnumerateArray().Select(m => Mode(m, array)).ToList();
        return new CameraCapabilities
        {
            Model = model.ToUpperInvariant(),
            Source = Source,
            Size = size,
            StillSize = StillSize(hello, size, array),
            StillPausesStream = hello.TryGetProperty("still", out var still) && still.ValueEquals("reconfigure"),
            SensorSize = array,
            SensorModes = modes,
            SensorMode = configured.GetProperty("sensorMode") is { ValueKind: JsonValueKind.Object } m ? Mode(m, array) : null,
            HorizontalFieldOfView = view?.HorizontalDegrees,
            VerticalFieldOfView = view?.VerticalDegrees,
            ExposureTime = Range(controls, LibcameraNames.ExposureTime, 10_000) is { } exposure
                ? new(TimeSpan.FromMicroseconds(exposure.Minimum), TimeSpan.FromMicroseconds(exposure.Maximum), TimeSpan.FromMicroseconds(exposure.Default))
                : null,
            AnalogueGain = Range(controls, LibcameraNames.AnalogueGain, 1),
            ExposureValue = Range(controls, LibcameraNames.ExposureValue, 0),
            AeExposureModes = LibcameraModes.Offered<AeExposureMode>(controls, LibcameraNames.AeExposureMode),
            AeMeteringModes = LibcameraModes.Offered<AeMeteringMode>(controls, LibcameraNames.AeMeteringMode),
            AeConstraintModes = LibcameraModes.Offered<AeConstraintMode>(controls, LibcameraNames.AeConstraintMode),
            AeFlickerModes = LibcameraModes.OfferedFlicker(controls),
            AwbModes = LibcameraModes.Offered<AwbMode>(controls, LibcameraNames.AwbMode),
            ColourGains = Range(controls, LibcameraNames.ColourGains, 1),
            ColourTemperature = Range(controls, LibcameraNames.ColourTemperature, 5000),
            Brightness = Range(controls, LibcameraNames.Brightness, 0),
            Contrast = Range(controls, LibcameraNames.Contrast, 1),
            Saturation = Range(controls, LibcameraNames.Saturation, 1),
            Sharpness = Range(controls, LibcameraNames.Sharpness, 1),
            NoiseReductionModes = LibcameraModes.Offered<NoiseReductionMode>(controls, LibcameraNames.NoiseReductionMode),
            AfModes = LibcameraModes.Offered<AfMode>(controls, LibcameraNames.AfMode),
            AfRanges = LibcameraModes.Offered<AfRange>(controls, LibcameraNames.AfRange),
            LensPosition = Range(controls, LibcameraNames.LensPosition, 1),
            HdrModes = LibcameraModes.Offered<HdrMode>(controls, LibcameraNames.HdrMode),
            Sizes = [.. UsualSizes.Where(s => IsOffered(hello, s, array)).Append(size).Distinct().OrderBy(s => s.Width * s.Height)],
            Quality = new(1, 100, 80),
            Flips = hello.GetProperty("transforms").EnumerateArray().Count() == 2,
            FrameRate = FrameRate(controls),
            ScalerCropMaximum = crop,
            ScalerCropMinimum = crop is { } most ? SmallestCrop(controls, most) : null,
        };
    }

    /// <summary>As the helper chooses it.</summary>
    private static PixelSize StillSize(JsonElement hello, PixelSize stream, PixelSize? array) =>
        array is { } whole && hello.GetProperty("sizeRange").ValueKind == JsonValueKind.Array
            ? whole
            : hello.GetProperty("sizes").EnumerateArray().Select(Size).Append(stream).MaxBy(s => (long)s.Width * s.Height);

    private static ControlRange<double>? Range(IReadOnlyDictionary<string, HelperControl> controls, string name, double usual) =>
        controls.TryGetValue(name, out var control) && control is { Minimum: { } least, Maximum: { } most } && least < most
            ? new(least, most, Math.Clamp(control.Default ?? usual, least, most))
            : null;

    private static ControlRange<double>? FrameRate(IReadOnlyDictionary<string, HelperControl> controls) =>
        controls.TryGetValue(LibcameraNames.FrameDurationLimits, out var limits) && limits is { Minimum: > 0 and var shortest, Maximum: { } longest }
        && shortest < longest
            ? new(1e6 / longest, 1e6 / shortest, Math.Clamp(UsualFrameRate, 1e6 / longest, 1e6 / shortest))
            : null;

    /// <summary>The largest part of what the sensor mode sees that has the stream's shape, in its middle; null where there is no zoom.</summary>
    private static PixelRectangle? Crop(
        IReadOnlyDictionary<string, HelperControl> controls, JsonElement configured, PixelSize stream, PixelSize? array)
    {
        if (!controls.TryGetValue(LibcameraNames.ScalerCrop, out var control))
        {
            return null;
        }

        var most = configured.GetProperty("scalerCropMaximum") is { ValueKind: JsonValueKind.Array } given
            ? [.. given.EnumerateArray().Select(n => n.GetDouble())]
            : control.Rectangle("maximum") ?? (array is { } a ? [0, 0, a.Width, a.Height] : null);
        if (most is not [var x, var y, > 0 and var width, > 0 and var height])
        {
            return null;
        }

        return new PixelRectangle((int)x, (int)y, (int)width, (int)height).Inner(stream);
    }

    private static PixelSize SmallestCrop(IReadOnlyDictionary<string, HelperControl> controls, PixelRectangle most)
    {
        // Sixteenfold where the camera does not say: beyond that there is nothing but blur.
        var stated = controls[LibcameraNames.ScalerCrop].Rectangle("minimum");
        var scale = stated is [_, _, > 0 and var w, > 0 and var h] ? Math.Max(w / most.Width, h / most.Height) : 1.0 / 16;
        scale = Math.Min(scale, 1);
        return new PixelSize(Math.Max(1, (int)Math.Ceiling(most.Width * scale)), Math.Max(1, (int)Math.Ceiling(most.Height * scale)));
    }

    private static bool IsOffered(JsonElement hello, PixelSize size, PixelSize? array)
    {
        if (array is { } whole && (size.Width > whole.Width || size.Height > whole.Height))
        {
            return false;
        }

        if (hello.GetProperty("sizeRange") is { ValueKind: JsonValueKind.Array } range)
        {
            var (least, most, step) = (Size(range[0]), Size(range[1]), Size(range[2]));
            return size.Width >= least.Width && size.Height >= least.Height && size.Width <= most.Width && size.Height <= most.Height
                && (size.Width - least.Width) % Math.Max(1, step.Width) == 0 && (size.Height - least.Height) % Math.Max(1, step.Height) == 0;
        }

        return hello.GetProperty("sizes").EnumerateArray().Any(s => Size(s) == size);
    }

    private static SensorMode Mode(JsonElement mode, PixelSize? array)
    {
        var size = Size(mode.GetProperty("size"));
        var rate = mode.GetProperty("maximumFrameRate") is { ValueKind: JsonValueKind.Number } r ? r.GetDouble() : 0;
        var whole = array ?? size;
        var crop = mode.GetProperty("crop") is { ValueKind: JsonValueKind.Array } c
            ? new PixelRectangle(c[0].GetInt32(), c[1].GetInt32(), c[2].GetInt32(), c[3].GetInt32())
            : new PixelRectangle(0, 0, whole.Width, whole.Height);
        return new SensorMode(size, Math.Round(rate, 1), crop);
    }

    private static PixelSize Size(JsonElement pair) => new(pair[0].GetInt32(), pair[1].GetInt32());
}
