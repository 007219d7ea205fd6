using PiCam.Core.Cameras;
using PiCam.Hardware.Libcamera;

namespace PiCam.Hardware.Rpicam;

/// <summary>
/// What rpicam-vid can do with a camera: what the camera's list says, where the program lists ranges; else the ranges that
/// rpicam-apps documents and libcamera's control definitions give (control_ids_core.yaml). Controls without an option of
/// rpicam-vid (colour temperature, constraint mode) are not there.
/// </summary>
internal static class RpicamCapabilities
{
    public const string Source = "rpicam";

    private const double UsualFrameRate = 30;

    // core/options.cpp clamps to these whatever the camera takes.
    private const double LargestFactor = 15.99;

    // Zero gains mean "automatic" to it.
    private const double LeastColourGain = 0.1;

    /// <param name="camera">From the program's list.</param>
    /// <param name="options">How the stream begins.</param>
    /// <param name="asked">Its sensor mode decides what is seen.</param>
    /// <param name="size">Of the pictures.</param>
    public static CameraCapabilities From(RpicamListing camera, RpicamCameraOptions options, CameraControls asked, PixelSize size)
    {
        var mode = RpicamMode.For(camera.Modes, size, asked.SensorMode);
        var crop = mode?.Crop?.Inner(size);
        var view = crop is { } shown && camera.PixelArray is { } array ? SensorOptics.View(camera.Model, array, shown) : null;
        var focuses = Has(camera, LibcameraNames.AfMode) && camera.Ranges is not null;
        var exposure = Range(camera, LibcameraNames.ExposureTime, (100, 1e6), 10_000, within: (1, double.MaxValue));
        return new CameraCapabilities
        {
            Model = camera.Model.ToUpperInvariant(),
            Source = Source,
            Size = size,
            StillSize = camera.PixelArray,
            StillPausesStream = camera.PixelArray is not null,
            SensorSize = camera.PixelArray,
            SensorModes = [.. camera.Modes.Select(Described)],
            SensorMode = mode is null ? null : Described(mode),
            HorizontalFieldOfView = view?.HorizontalDegrees,
            VerticalFieldOfView = view?.VerticalDegrees,
            ExposureTime = exposure is null
                ? null
                : new(TimeSpan.FromMicroseconds(exposure.Minimum), TimeSpan.FromMicroseconds(exposure.Maximum), TimeSpan.FromMicroseconds(exposure.Default)),
            AnalogueGain = Range(camera, LibcameraNames.AnalogueGain, (1, 16), 1, within: (1, double.MaxValue)),
            ExposureValue = Range(camera, LibcameraNames.ExposureValue, (-8, 8), 0),
            AeExposureModes = Offered(camera, LibcameraNames.AeExposureMode, AeExposureMode.Normal, AeExposureMode.Short, AeExposureMode.Long),
            AeMeteringModes = Offered(camera, LibcameraNames.AeMeteringMode, AeMeteringMode.CentreWeighted, AeMeteringMode.Spot, AeMeteringMode.Matrix),

            // A program that does not list ranges may be too old for the option.
            AeFlickerModes = camera.Ranges is null ? [] : Offered(camera, LibcameraNames.AeFlickerPeriod, AeFlickerMode.Off, AeFlickerMode.Hz50, AeFlickerMode.Hz60),
            AwbModes = Offered(camera, LibcameraNames.AwbMode, Enum.GetValues<AwbMode>()),
            ColourGains = Range(camera, LibcameraNames.ColourGains, (0, 32), 1, within: (LeastColourGain, double.MaxValue)),
            Brightness = Range(camera, LibcameraNames.Brightness, (-1, 1), 0, within: (-1, 1)),
            Contrast = Range(camera, LibcameraNames.Contrast, (0, LargestFactor), 1, within: (0, LargestFactor)),
            Saturation = Range(camera, LibcameraNames.Saturation, (0, LargestFactor), 1, within: (0, LargestFactor)),
            Sharpness = Range(camera, LibcameraNames.Sharpness, (0, LargestFactor), 1, within: (0, LargestFactor)),
            NoiseReductionModes = Offered(
                camera,
                LibcameraNames.NoiseReductionMode,
                NoiseReductionMode.Fast,
                NoiseReductionMode.Off,
                NoiseReductionMode.HighQuality,
                NoiseReductionMode.Minimal),
            AfModes = focuses ? Enum.GetValues<AfMode>() : [],
            AfRanges = focuses ? Enum.GetValues<AfRange>() : [],
            LensPosition = focuses ? Range(camera, LibcameraNames.LensPosition, (0, 32), 1) : null,
            HdrModes = camera.Ranges is null ? [] : Offered(camera, LibcameraNames.HdrMode, HdrMode.Off, HdrMode.SingleExposure),
            Sizes =
            [
                .. LibcameraCapabilities.UsualSizes.Append(options.Size)
                    .Where(s => camera.PixelArray is not { } most || (s.Width <= most.Width && s.Height <= most.Height))
                    .Append(size).Distinct().OrderBy(s => s.Width * s.Height),
            ],
            Quality = new(1, 100, options.Quality),
            Flips = true,
            RestartsForChanges = true,
            FrameRate = FrameRate(camera, mode),
            ScalerCropMaximum = crop,

            // Sixteenfold: beyond that there is nothing but blur.
            ScalerCropMinimum = crop is { } whole ? new(Math.Max(1, whole.Width / 16), Math.Max(1, whole.Height / 16)) : null,
        };
    }

    private static bool Has(RpicamListing camera, string name) => camera.Ranges?.ContainsKey(name) != false;

    private static T[] Offered<T>(RpicamListing camera, string name, params T[] modes) => Has(camera, name) ? modes : [];

    /// <summary>What the list says, within what the program lets through; documented limits where the program lists none.</summary>
    private static ControlRange<double>? Range(
        RpicamListing camera, string name, (double Minimum, double Maximum) documented, double usual, (double Least, double Most)? within = null)
    {
        if (!Has(camera, name))
        {
            return null;
        }

        var (minimum, maximum) = camera.Ranges is { } ranges ? ranges[name] : documented;
        if (within is { } limits)
        {
            (minimum, maximum) = (Math.Max(minimum, limits.Least), Math.Min(maximum, limits.Most));
        }

        return minimum < maximum ? new(minimum, maximum, Math.Clamp(usual, minimum, maximum)) : null;
    }

    private static ControlRange<double>? FrameRate(RpicamListing camera, RpicamMode? mode)
    {
        var longest = camera.Ranges?.TryGetValue(LibcameraNames.FrameDurationLimits, out var limits) == true ? limits.Maximum : 1e6;
        var (least, most) = (1e6 / longest, mode?.MaximumFrameRate ?? UsualFrameRate);
        return least < most ? new(least, most, Math.Clamp(UsualFrameRate, least, most)) : null;
    }

    private static SensorMode Described(RpicamMode mode) =>
        new(mode.Size, Math.Round(mode.MaximumFrameRate, 1), mode.Crop ?? new(0, 0, mode.Size.Width, mode.Size.Height));
}
