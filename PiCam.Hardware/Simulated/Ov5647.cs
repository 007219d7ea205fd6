using PiCam.Core.Cameras;
using PiCam.Core.Optics;

namespace PiCam.Hardware.Simulated;

/// <summary>The sensor of the Raspberry Pi camera module 1, as libcamera reports it.</summary>
internal static class Ov5647
{
    /// <summary>The pixel array.</summary>
    public static readonly PixelSize Size = new(2592, 1944);

    /// <summary>The module's lens over the whole array (Raspberry Pi camera documentation, module 1).</summary>
    public static readonly RectilinearView Lens = new(53.5, 41.4);

    /// <summary>libcamera's modes for this sensor (rpicam-hello --list-cameras; raspberrypi/rpicam-apps issue 562).</summary>
    public static readonly IReadOnlyList<SensorMode> Modes =
    [
        new(new PixelSize(640, 480), 58.9, new PixelRectangle(16, 0, 2560, 1920)),
        new(new PixelSize(1296, 972), 43.3, new PixelRectangle(0, 0, 2592, 1944)),
        new(new PixelSize(1920, 1080), 30.6, new PixelRectangle(348, 434, 1928, 1080)),
        new(new PixelSize(2592, 1944), 15.6, new PixelRectangle(0, 0, 2592, 1944)),
    ];

    /// <summary>The sizes that a stream can be switched to; the configured one is offered as well.</summary>
    private static readonly PixelSize[] Sizes =
        [new(640, 360), new(640, 480), new(960, 540), new(1280, 720), new(1296, 972), new(1920, 1080)];

    /// <summary>
    /// 130 µs is what libcamera reports (raspberrypi/rpicam-apps issue 562); 6 s is the module's limit in Raspberry Pi's own
    /// documentation and in picamera, where libcamera's report has varied by version.
    /// </summary>
    private static readonly ControlRange<TimeSpan> ExposureTime =
        new(TimeSpan.FromMicroseconds(130), TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(10));

    /// <summary>What the camera can do when it streams pictures of a size.</summary>
    /// <param name="configured">The size of the live pictures unless another is asked for.</param>
    /// <param name="quality">The configured JPEG quality.</param>
    /// <param name="size">The size that is asked for; one that is not offered counts as none.</param>
    /// <param name="sensorMode">The mode that is asked for; null or unknown: the smallest that holds the pictures.</param>
    public static CameraCapabilities Capabilities(
        PixelSize configured, int quality = 80, PixelSize? size = null, PixelSize? sensorMode = null)
    {
        PixelSize[] sizes = [.. Sizes.Append(configured).Distinct().OrderBy(s => s.Width).ThenBy(s => s.Height)];
        var stream = size is { } asked && sizes.Contains(asked) ? asked : configured;
        var mode = Modes.FirstOrDefault(m => m.Size == sensorMode)
            ?? Modes.FirstOrDefault(m => m.Size.Width >= stream.Width && m.Size.Height >= stream.Height)
            ?? Modes[^1];
        var crop = LargestCrop(mode.Crop, stream);
        var view = Lens.Of(Size, crop);
        return new CameraCapabilities
        {
            Model = "OV5647 (simulated)",
            Source = "simulated",
            Size = stream,
            SensorSize = Size,
            StillSize = Size,
            SensorModes = Modes,
            SensorMode = mode,
            HorizontalFieldOfView = view.HorizontalDegrees,
            VerticalFieldOfView = view.VerticalDegrees,
            ExposureTime = ExposureTime,
            // The most that automatic exposure uses; above it the sensor only multiplies its noise (ov5647.json).
            AnalogueGain = new(1, 8, 1),
            ExposureValue = new(-8, 8, 0),
            AeExposureModes = [AeExposureMode.Normal, AeExposureMode.Short, AeExposureMode.Long],
            AeMeteringModes = [AeMeteringMode.CentreWeighted, AeMeteringMode.Spot, AeMeteringMode.Matrix],
            AeConstraintModes = [AeConstraintMode.Normal, AeConstraintMode.Highlight],
            AeFlickerModes = [AeFlickerMode.Off, AeFlickerMode.Hz50, AeFlickerMode.Hz60],
            AwbModes = Enum.GetValues<AwbMode>(),
            ColourGains = new(0, 32, 1),
            ColourTemperature = new(ColourTemperatureCurve.LowestKelvin, ColourTemperatureCurve.HighestKelvin, 5000),
            Brightness = new(-1, 1, 0),
            Contrast = new(0, 32, 1),
            Saturation = new(0, 32, 1),
            Sharpness = new(0, 16, 1),
            NoiseReductionModes = [NoiseReductionMode.Off, NoiseReductionMode.Minimal, NoiseReductionMode.Fast, NoiseReductionMode.HighQuality],
            Sizes = sizes,
            Quality = new(1, 100, quality),
            Flips = true,
            MountedUpright = true,
            FrameRate = new(1, mode.MaximumFrameRate, Math.Min(30, mode.MaximumFrameRate)),
            ScalerCropMaximum = crop,
            // Eightfold zoom; beyond it a picture point is less than a quarter of a sensor pixel.
            ScalerCropMinimum = new(crop.Width / 8, crop.Height / 8),
        };
    }

    /// <summary>What the camera can do while it takes a still of a size, for which it reads the whole sensor.</summary>
    public static CameraCapabilities Still(PixelSize size, int quality) => Capabilities(size, quality, sensorMode: Size);

    private static PixelRectangle LargestCrop(PixelRectangle mode, PixelSize stream)
    {
        var width = (int)Math.Min(mode.Width, Math.Round((double)mode.Height * stream.Width / stream.Height));
        var height = (int)Math.Min(mode.Height, Math.Round((double)mode.Width * stream.Height / stream.Width));
        return new PixelRectangle(mode.X + ((mode.Width - width) / 2), mode.Y + ((mode.Height - height) / 2), width, height);
    }
}
