using PiCam.Core.Cameras;
using PiCam.Core.Optics;

namespace PiCam.Hardware.Libcamera;

/// <summary>
/// Fields of view of the lenses that Raspberry Pi's modules are sold with (raspberrypi.com, camera documentation, "Hardware
/// specification"); libcamera does not know them.
/// </summary>
internal static class SensorOptics
{
    private static readonly Dictionary<string, RectilinearView> WholeSensor = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ov5647"] = new(53.5, 41.4),
        ["imx219"] = new(62.2, 48.8),
        ["imx708"] = new(66, 41),
        ["imx708_noir"] = new(66, 41),
        ["imx708_wide"] = new(102, 67),
        ["imx708_wide_noir"] = new(102, 67),
    };

    /// <summary>What a part of the sensor sees; null for lenses that nobody knows (an HQ camera's are changed).</summary>
    public static RectilinearView? View(string model, PixelSize sensor, PixelRectangle crop) =>
        WholeSensor.TryGetValue(model, out var whole) ? whole.Of(sensor, crop) : null;
}
