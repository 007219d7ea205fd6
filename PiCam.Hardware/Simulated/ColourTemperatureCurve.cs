using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>How the OV5647 sees white under light of each colour temperature.</summary>
internal static class ColourTemperatureCurve
{
    public const double LowestKelvin = 2500;
    public const double HighestKelvin = 8625;

    /// <summary>Kelvin, red/green, blue/green of a white surface in raw values: "ct_curve" in libcamera's ov5647.json.</summary>
    private static readonly (double Kelvin, double Red, double Blue)[] Points =
    [
        (LowestKelvin, 1.0289, 0.4503),
        (2803, 0.9428, 0.5108),
        (2914, 0.9406, 0.5127),
        (3605, 0.8261, 0.6249),
        (4540, 0.7331, 0.7533),
        (5699, 0.6715, 0.8627),
        (HighestKelvin, 0.6081, 1.0012),
    ];

    /// <summary>The gains that make white neutral under light of <paramref name="kelvin"/> (2500 to 8625, clamped).</summary>
    public static ColourGains Gains(double kelvin)
    {
        var k = Math.Clamp(kelvin, LowestKelvin, HighestKelvin);
        var i = Math.Max(1, Array.FindIndex(Points, p => p.Kelvin >= k));
        var (a, b) = (Points[i - 1], Points[i]);
        var f = (k - a.Kelvin) / (b.Kelvin - a.Kelvin);
        return new ColourGains(1 / (a.Red + (f * (b.Red - a.Red))), 1 / (a.Blue + (f * (b.Blue - a.Blue))));
    }

    /// <summary>The colour temperature whose gains lie nearest: their ratio grows steadily with it. Kelvin, 2500 to 8625.</summary>
    public static double Kelvin(ColourGains gains)
    {
        var wanted = Math.Max(gains.Red, 1e-6) / Math.Max(gains.Blue, 1e-6);
        var (low, high) = (LowestKelvin, HighestKelvin);
        while (high - low > 0.5)
        {
            var middle = (low + high) / 2;
            var there = Gains(middle);
            (low, high) = there.Red / there.Blue < wanted ? (middle, high) : (low, middle);
        }

        return Math.Round((low + high) / 2);
    }
}
