namespace PiCam.Hardware.V4l2;

/// <summary>Which video devices <c>auto</c> takes for webcams.</summary>
internal static class WebcamRules
{
    // Devices of the Pi's own chips: encoders, scalers, and the raw ends of camera connectors that only libcamera can use.
    private static readonly string[] PiDrivers =
        ["bcm2835-codec", "bcm2835-isp", "bm2835 mmal", "unicam", "rp1-cfe", "pispbe", "rpi-hevc-dec", "rpivid"];

    /// <summary>Why a device is no webcam, as a clause; null: it is one.</summary>
    public static string? Refuse(V4l2Identity device)
    {
        if (PiDrivers.FirstOrDefault(driver => device.Driver.StartsWith(driver, StringComparison.Ordinal)) is { } own)
        {
            return $"a part of the Pi itself ({own})";
        }

        if (!device.Captures)
        {
            return "gives no pictures";
        }

        if (!device.Bus.StartsWith("usb-", StringComparison.Ordinal) && !device.Bus.StartsWith("PCI:", StringComparison.Ordinal))
        {
            return "not plugged in by USB or PCI";
        }

        return device.FourCcs.Any(fourCc => fourCc is "MJPG" or "JPEG" or "YUYV") ? null : "offers neither MJPG nor YUYV";
    }
}
