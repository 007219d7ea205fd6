using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>Automatic white balance: finds the light's colour temperature from what may be grey, within the range that the mode allows.</summary>
internal sealed class AutoWhiteBalance
{
    private const double TimeConstantSeconds = 0.25;

    /// <summary>Once settled, changes of the estimate below this are taken for the scene's, not the light's.</summary>
    private const double DisturbedKelvin = 250;
    private const double SettledKelvin = 15;

    private double kelvin = 4000;
    private bool settled;
    private AwbMode mode;

    /// <summary>The gains to use now.</summary>
    public ColourGains Gains => ColourTemperatureCurve.Gains(kelvin);

    /// <summary>Learns from a frame.</summary>
    public void Update(AwbMode wantedMode, FrameStatistics statistics, TimeSpan elapsed)
    {
        if (wantedMode != mode)
        {
            mode = wantedMode;
            settled = false;
        }

        var (low, high) = Range(mode);
        var seen = ColourTemperatureCurve.Kelvin(new ColourGains(statistics.Green / statistics.Red, statistics.Green / statistics.Blue));
        var target = Math.Clamp(seen, low, high);
        var distance = target - kelvin;
        if (settled && Math.Abs(distance) < DisturbedKelvin)
        {
            return;
        }

        settled = Math.Abs(distance) < SettledKelvin;
        kelvin += distance * (1 - Math.Exp(-elapsed.TotalSeconds / TimeConstantSeconds));
    }

    /// <summary>Kelvin: "modes" in libcamera's ov5647.json.</summary>
    private static (double Low, double High) Range(AwbMode mode) => mode switch
    {
        AwbMode.Incandescent => (2500, 3000),
        AwbMode.Tungsten => (3000, 3500),
        AwbMode.Fluorescent => (4000, 4700),
        AwbMode.Indoor => (3000, 5000),
        AwbMode.Daylight => (5500, 6500),
        AwbMode.Cloudy => (7000, 8600),
        _ => (2500, 8000),
    };
}
