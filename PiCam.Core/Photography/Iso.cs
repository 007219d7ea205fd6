using System.Globalization;

namespace PiCam.Core.Photography;

/// <summary>Sensitivity as photographers write it: ISO ≈ 100 × analogue gain (exact on the OV5647, about 1.84 × off on the IMX219).</summary>
public static class Iso
{
    /// <summary>The ISO number at gain 1.</summary>
    public const double Base = 100;

    /// <summary>For example "ISO 200".</summary>
    public static string Format(double analogueGain) => "ISO " + Number(analogueGain);

    /// <summary>The number alone, such as "200"; three digits at most are significant.</summary>
    public static string Number(double analogueGain)
    {
        var iso = analogueGain * Base;
        var step = iso < 200 ? 1 : iso < 1000 ? 5 : 10;
        return (Math.Round(iso / step) * step).ToString("0", CultureInfo.InvariantCulture);
    }
}
