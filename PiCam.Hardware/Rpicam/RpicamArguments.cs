using System.Globalization;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Rpicam;

/// <summary>
/// The arguments that make rpicam-vid, or for one picture rpicam-still, write JPEGs on its standard output (rpicam-apps,
/// core/options.cpp, core/still_options.hpp). One element is one argument, as <c>--name=value</c>, so that no value can be taken for an option. What is at its default is left out: older
/// programs know fewer options.
/// </summary>
internal static class RpicamArguments
{
    private const double UsualFrameDuration = 1e6 / 30;

    // A sensor needs some lines beside the exposure.
    private const double Beside = 1000;

    /// <summary>The list of cameras, with the ranges of their controls where the program knows how.</summary>
    public static IReadOnlyList<string> List { get; } = ["--list-cameras", "--verbose"];

    /// <summary>The whole desired state; values that the camera takes, no others.</summary>
    public static IReadOnlyList<string> For(RpicamCameraOptions options, RpicamListing camera, CameraControls asked)
    {
        var size = asked.Size ?? options.Size;
        var mode = RpicamMode.For(camera.Modes, size, asked.SensorMode);
        List<string> list =
        [
            "--codec=mjpeg", "--output=-", "--flush", "--timeout=0", "--nopreview", "--info-text=" + RpicamInfo.Text,
            .. Common(camera, asked, size, mode, Math.Round(asked.Quality ?? options.Quality)),
        ];

        // Rounded down, or the frame would be shorter than its exposure.
        if (FrameRate(asked) is { } rate)
        {
            list.Add("--framerate=" + (Math.Floor(rate * 1e9) / 1e9).ToString("0.#########", CultureInfo.InvariantCulture));
        }

        return list;
    }

    /// <summary>One picture with the same controls.</summary>
    /// <param name="camera">Its largest mode is used, which sees most.</param>
    /// <param name="asked">Values that the camera takes, no others.</param>
    /// <param name="size">Even numbers: the program makes no others.</param>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    /// <param name="preview">How long automatic exposure and white balance may settle; null: there is nothing to settle.</param>
    public static IReadOnlyList<string> ForStill(RpicamListing camera, CameraControls asked, PixelSize size, int quality, TimeSpan? preview)
    {
        List<string> list = ["--encoding=jpg", "--output=-", "--thumb=none", "--nopreview"];
        list.Add(preview is { } wait ? string.Create(CultureInfo.InvariantCulture, $"--timeout={wait.TotalMilliseconds:0}") : "--immediate");
        if (camera.Ranges is not null)
        {
            // A program that lists no ranges may be too old for these. Standard output is the picture's.
            list.AddRange(["--metadata=/dev/stderr", "--metadata-format=txt"]);
        }

        list.AddRange(Common(camera, StillRequest.Controls(asked, size), size, RpicamMode.Largest(camera.Modes), quality));
        return list;
    }

    private static List<string> Common(RpicamListing camera, CameraControls asked, PixelSize size, RpicamMode? mode, double quality)
    {
        var orientation = Orientation.Of(asked, cameraFlips: true);
        var list = new List<string>();
        Add("camera", camera.Index, 0);
        Add("width", size.Width);
        Add("height", size.Height);
        Add("quality", quality);
        AddText("mode", mode is null ? null : string.Create(CultureInfo.InvariantCulture, $"{mode.Size.Width}:{mode.Size.Height}:{mode.BitDepth}:P"));
        Add("shutter", asked.ExposureTime is { } exposure ? Math.Max(1, Math.Round(exposure.TotalMicroseconds)) : null);
        Add("gain", asked.AnalogueGain);
        Add("ev", asked.ExposureValue, 0);
        AddText("exposure", asked.AeExposureMode switch { AeExposureMode.Short => "sport", AeExposureMode.Long => "long", _ => null });
        AddText("metering", asked.AeMeteringMode switch { AeMeteringMode.Spot => "spot", AeMeteringMode.Matrix => "average", _ => null });

        // Half periods of mains light, in µs.
        Add("flicker-period", asked.AeFlickerMode switch { AeFlickerMode.Hz50 => 10_000, AeFlickerMode.Hz60 => 8_333, _ => null });
        AddText("awb", asked.AwbMode == AwbMode.Auto ? null : asked.AwbMode.ToString().ToLowerInvariant());
        AddText("awbgains", asked.ColourGains is { } gains ? string.Create(CultureInfo.InvariantCulture, $"{gains.Red:0.####},{gains.Blue:0.####}") : null);
        Add("brightness", asked.Brightness, 0);
        Add("contrast", asked.Contrast, 1);
        Add("saturation", asked.Saturation, 1);
        Add("sharpness", asked.Sharpness, 1);
        AddText("denoise", asked.NoiseReductionMode switch
        {
            NoiseReductionMode.Off => "off",
            NoiseReductionMode.Minimal => "cdn_off",
            NoiseReductionMode.HighQuality => "cdn_hq",
            _ => null,
        });
        AddText("autofocus-mode", asked.AfMode switch { AfMode.Auto => "auto", AfMode.Manual => "manual", _ => null });
        AddText("autofocus-range", asked.AfRange == AfRange.Normal ? null : asked.AfRange.ToString().ToLowerInvariant());
        Add("lens-position", asked.AfMode == AfMode.Manual ? asked.LensPosition : null);
        AddText("hdr", asked.HdrMode == HdrMode.SingleExposure ? "single-exp" : null);
        AddText("roi", Roi(asked.ScalerCrop, mode?.Crop));
        AddFlag("hflip", orientation.CameraHorizontalFlip);
        AddFlag("vflip", orientation.CameraVerticalFlip);
        return list;

        void Add(string name, double? value, double? usual = null)
        {
            if (value is { } number && number != usual)
            {
                AddText(name, number.ToString("0.####", CultureInfo.InvariantCulture));
            }
        }

        void AddText(string name, string? value)
        {
            if (value is not null)
            {
                list.Add($"--{name}={value}");
            }
        }

        void AddFlag(string name, bool on)
        {
            if (on)
            {
                list.Add("--" + name);
            }
        }
    }

    /// <summary>How long a frame takes at least, by what is asked; null: as usual.</summary>
    public static TimeSpan? FrameDuration(CameraControls asked) => FrameRate(asked) is { } rate ? TimeSpan.FromSeconds(1 / rate) : null;

    // rpicam-vid holds 30 fps and shortens an exposure to it, unless it is given a rate: a long exposure is to lower it by itself.
    private static double? FrameRate(CameraControls asked) =>
        asked.FrameRate
        ?? (asked.ExposureTime is { } exposure && exposure.TotalMicroseconds + Beside > UsualFrameDuration
            ? 1e6 / (exposure.TotalMicroseconds + Beside)
            : null);

    /// <summary>In fractions of what the mode sees.</summary>
    private static string? Roi(PixelRectangle? crop, PixelRectangle? whole) => crop is { } part && whole is { } all
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{(double)(part.X - all.X) / all.Width:0.######},{(double)(part.Y - all.Y) / all.Height:0.######},{(double)part.Width / all.Width:0.######},{(double)part.Height / all.Height:0.######}")
        : null;
}
