using System.Text.Json.Nodes;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Libcamera;

/// <summary>From PiCam's controls to what the helper is told.</summary>
internal static class LibcameraRequest
{
    private const double UsualFrameDuration = 1e6 / 30;

    // Half periods of mains light, in µs: it flickers twice in each.
    private const int Period50Hz = 10_000;
    private const int Period60Hz = 8_333;

    // Where the picture is smaller, a Raspberry Pi 5 would scale it from a large sensor by its plainer scaler for the second stream's sake
    // (libpisp: the first output has no trapezoidal filter), and a still smaller copy is hardly wanted.
    private const int LeastWidthToHalve = 960;

    /// <summary>The whole desired set, by libcamera's names; what the camera lacks is left out.</summary>
    public static JsonObject Controls(
        CameraControls asked, CameraCapabilities capabilities, IReadOnlyDictionary<string, HelperControl> controls)
    {
        var set = new JsonObject();
        Put(LibcameraNames.ExposureTime, asked.ExposureTime is { } time ? (long)time.TotalMicroseconds : null);
        Put(LibcameraNames.AnalogueGain, asked.AnalogueGain);
        Put(LibcameraNames.ExposureValue, asked.ExposureValue);
        Put(LibcameraNames.AeExposureMode, LibcameraModes.Number(controls, LibcameraNames.AeExposureMode, asked.AeExposureMode));
        Put(LibcameraNames.AeMeteringMode, LibcameraModes.Number(controls, LibcameraNames.AeMeteringMode, asked.AeMeteringMode));
        Put(LibcameraNames.AeConstraintMode, LibcameraModes.Number(controls, LibcameraNames.AeConstraintMode, asked.AeConstraintMode));
        PutFlicker();
        var automatic = asked.ColourGains is null && asked.ColourTemperature is null;
        Put(LibcameraNames.AwbEnable, automatic);
        Put(LibcameraNames.AwbMode, LibcameraModes.Number(controls, LibcameraNames.AwbMode, asked.AwbMode));
        Put(LibcameraNames.ColourGains, asked.ColourGains is { } gains ? new JsonArray(gains.Red, gains.Blue) : null);
        Put(LibcameraNames.ColourTemperature, asked.ColourGains is null && asked.ColourTemperature is { } kelvin ? (int)Math.Round(kelvin) : null);
        Put(LibcameraNames.Brightness, asked.Brightness);
        Put(LibcameraNames.Contrast, asked.Contrast);
        Put(LibcameraNames.Saturation, asked.Saturation);
        Put(LibcameraNames.Sharpness, asked.Sharpness);
        Put(LibcameraNames.NoiseReductionMode, LibcameraModes.Number(controls, LibcameraNames.NoiseReductionMode, asked.NoiseReductionMode));
        Put(LibcameraNames.AfMode, LibcameraModes.Number(controls, LibcameraNames.AfMode, asked.AfMode));
        Put(LibcameraNames.AfRange, LibcameraModes.Number(controls, LibcameraNames.AfRange, asked.AfRange));
        Put(LibcameraNames.LensPosition, asked.AfMode == AfMode.Manual ? asked.LensPosition : null);
        Put(LibcameraNames.HdrMode, LibcameraModes.Number(controls, LibcameraNames.HdrMode, asked.HdrMode));
        Put(LibcameraNames.ScalerCrop, (asked.ScalerCrop ?? capabilities.ScalerCropMaximum) is { } crop
            ? new JsonArray(crop.X, crop.Y, crop.Width, crop.Height)
            : null);
        PutFrameDuration();
        return set;

        void Put(string name, JsonNode? value)
        {
            if (value is not null && controls.ContainsKey(name))
            {
                set[name] = value;
            }
        }

        void PutFlicker()
        {
            var name = asked.AeFlickerMode switch { AeFlickerMode.Off => "Off", AeFlickerMode.Auto => "Auto", _ => "Manual" };
            Put(LibcameraNames.AeFlickerMode, LibcameraModes.Number(controls, LibcameraNames.AeFlickerMode, name));
            Put(LibcameraNames.AeFlickerPeriod, name == "Manual" ? asked.AeFlickerMode == AeFlickerMode.Hz50 ? Period50Hz : Period60Hz : null);
        }

        void PutFrameDuration()
        {
            if (controls.TryGetValue(LibcameraNames.FrameDurationLimits, out var limits) && limits is { Minimum: { } least, Maximum: { } most })
            {
                // A rate that was asked for holds, and shortens an exposure; otherwise a long exposure lowers the rate by itself.
                var exposure = asked.ExposureTime?.TotalMicroseconds ?? 0;
                var shortest = Math.Clamp(asked.FrameRate is { } rate ? 1e6 / rate : UsualFrameDuration, least, most);
                var longest = asked.FrameRate is null ? Math.Clamp(Math.Max(exposure, shortest), least, most) : shortest;
                Put(LibcameraNames.FrameDurationLimits, new JsonArray((long)Math.Ceiling(shortest), (long)Math.Max(Math.Ceiling(shortest), Math.Floor(longest))));
            }
        }
    }

    /// <summary>A <c>configure</c> command without its id and its controls.</summary>
    public static JsonObject Configure(CameraControls asked, PixelSize usualSize, int usualQuality, bool flips, bool restart)
    {
        var size = asked.Size ?? usualSize;
        var orientation = Orientation.Of(asked, flips);
        return new JsonObject
        {
            ["command"] = "configure",
            ["size"] = new JsonArray(size.Width, size.Height),
            ["sensorMode"] = asked.SensorMode is { } mode ? new JsonArray(mode.Width, mode.Height) : null,
            ["horizontalFlip"] = orientation.CameraHorizontalFlip,
            ["verticalFlip"] = orientation.CameraVerticalFlip,
            ["half"] = size.Width >= LeastWidthToHalve,
            ["buffers"] = 4,
            ["quality"] = Quality(asked, usualQuality),
            ["restart"] = restart,
        };
    }

    /// <summary>A <c>still</c> command without its id and its controls.</summary>
    public static JsonObject Still(StillRequest request, CameraCapabilities capabilities, TimeSpan patience)
    {
        var size = request.Size ?? capabilities.StillSize!.Value;
        return new JsonObject
        {
            ["command"] = "still",
            ["size"] = new JsonArray(size.Width, size.Height),
            ["quality"] = request.Quality,
            ["patience"] = (long)patience.TotalMilliseconds,
        };
    }

    /// <summary>
    /// The set for a still: the live one, but with a field of the still's own shape, for libcamera would squeeze another one into it;
    /// and without limits of the frame rate, which are the live mode's.
    /// </summary>
    public static JsonObject StillControls(
        CameraControls asked, PixelSize size, CameraCapabilities capabilities, IReadOnlyDictionary<string, HelperControl> controls)
    {
        var whole = capabilities.SensorSize is { } sensor ? new PixelRectangle(0, 0, sensor.Width, sensor.Height) : capabilities.ScalerCropMaximum;
        var still = StillRequest.Controls(asked with { ScalerCrop = asked.ScalerCrop ?? whole }, size);
        var set = Controls(still, capabilities, controls);
        set.Remove(LibcameraNames.FrameDurationLimits);
        return set;
    }

    public static int Quality(CameraControls asked, int usual) => (int)Math.Round(asked.Quality ?? usual);

    /// <summary>Whether the stream must be configured anew to get from one state to the other.</summary>
    public static bool Reconfigures(CameraControls from, CameraControls to, bool flips) =>
        from.Size != to.Size || from.SensorMode != to.SensorMode || Orientation.Of(from, flips) != Orientation.Of(to, flips);

    /// <summary>How long a frame may take by what is asked for; zero when that says nothing of it.</summary>
    public static TimeSpan LongestFrame(CameraControls asked)
    {
        var exposure = asked.ExposureTime ?? TimeSpan.Zero;
        var frame = asked.FrameRate is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;
        return exposure > frame ? exposure : frame;
    }

    /// <summary>Leaving an exposure of more than 1 s would pend for several of its frames; a restart of the stream ends it.</summary>
    public static bool LeavesLongExposure(CameraControls from, CameraControls to) =>
        from.ExposureTime > TimeSpan.FromSeconds(1) && !(to.ExposureTime >= from.ExposureTime);
}
