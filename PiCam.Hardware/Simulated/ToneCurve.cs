namespace PiCam.Hardware.Simulated;

/// <summary>
/// From linear steps to the bytes of the finished picture, with brightness and contrast in it: v' = (v − ½) × contrast + ½ +
/// brightness ÷ 2 on the sRGB fraction v, as libcamera's contrast algorithm does it on its gamma curve.
/// </summary>
internal sealed class ToneCurve
{
    private double brightness;
    private double contrast = 1;
    private byte[] table = SensorModel.Curve;

    /// <summary>The table for <see cref="SensorModel.CurveSteps"/> linear steps; made anew only when something changed.</summary>
    /// <param name="wantedBrightness">−1 to 1; 0 changes nothing.</param>
    /// <param name="wantedContrast">0 or more; 1 changes nothing.</param>
    public byte[] For(double wantedBrightness, double wantedContrast)
    {
        if ((wantedBrightness, wantedContrast) != (brightness, contrast))
        {
            (brightness, contrast) = (wantedBrightness, wantedContrast);
            table = (brightness, contrast) == (0, 1) ? SensorModel.Curve : [.. SensorModel.Curve.Select(Change)];
        }

        return table;
    }

    private byte Change(byte value) =>
        (byte)Math.Clamp(Math.Round(((value - 127.5) * contrast) + 127.5 + (brightness * 127.5)), 0, 255);
}
