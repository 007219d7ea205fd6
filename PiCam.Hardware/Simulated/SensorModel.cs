using System.Numerics;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>How light becomes numbers: the sensor's response, its noise, and the curve of the finished picture.</summary>
internal static class SensorModel
{
    /// <summary>Steps of the linear scale on which <see cref="Curve"/> is tabulated.</summary>
    public const int CurveSteps = 8192;

    /// <summary>Seconds at gain 1 that bring white paper in the scene exactly to white. Chosen so that the home view takes about 1/100 s.</summary>
    public const double WhiteExposureSeconds = 0.020;

    /// <summary>
    /// Lux that a mean radiance of 1 comes to: rpi.lux in libcamera's ov5647.json (987 lux give a mean of 8961 of 65536 in
    /// 21.663 ms at gain 1) for <see cref="WhiteExposureSeconds"/>.
    /// </summary>
    public const double LuxPerRadiance = 987 * 0.021663 / WhiteExposureSeconds * 65536 / 8961;

    /// <summary>Kelvin of the light in the scene.</summary>
    public const double SceneKelvin = 5000;

    /// <summary>
    /// Electrons at white and gain 1, and of read noise. An OV5647 pixel holds some 4 300; a picture point here averages
    /// several and passes a picture processor's noise reduction, hence five times as many.
    /// </summary>
    private const float WhiteElectrons = 20_000;
    private const float ReadElectrons = 8;

    /// <summary>From a linear step to an sRGB byte.</summary>
    public static byte[] Curve { get; } =
        [.. Enumerable.Range(0, CurveSteps).Select(i => (byte)Math.Round(255 * LinearColour.Encode(i / (CurveSteps - 1.0))))];

    /// <summary>Raw red, green and blue of white paper relative to green.</summary>
    public static Vector3 Response { get; } = ResponseAt(SceneKelvin);

    /// <summary>Variance of raw values (1 is white): a part that grows with the signal, and a constant one.</summary>
    /// <param name="analogueGain">Linear, from 1.</param>
    /// <param name="reduction">How much of the noise the picture processor takes away.</param>
    public static (float Shot, float Read) NoiseVariance(double analogueGain, NoiseReductionMode reduction)
    {
        var gain = (float)analogueGain;
        var read = gain * ReadElectrons / WhiteElectrons;
        var left = NoiseLeft(reduction);
        return (left * gain / WhiteElectrons, left * read * read);
    }

    /// <summary>Variance relative to the usual, which is what <see cref="WhiteElectrons"/> describes; off leaves about what the pixels themselves have.</summary>
    private static float NoiseLeft(NoiseReductionMode reduction) => reduction switch
    {
        NoiseReductionMode.Off => 4,
        NoiseReductionMode.Minimal => 2,
        NoiseReductionMode.HighQuality => 0.4f,
        _ => 1,
    };

    private static Vector3 ResponseAt(double kelvin)
    {
        ColourGains gains = ColourTemperatureCurve.Gains(kelvin);
        return new Vector3((float)(1 / gains.Red), 1, (float)(1 / gains.Blue));
    }
}
