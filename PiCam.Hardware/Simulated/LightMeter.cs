using System.Numerics;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>Gathers a frame's statistics from one sample per cell, before noise.</summary>
internal struct LightMeter
{
    /// <summary>Steps of the histogram of luminance.</summary>
    public const int HistogramSteps = 256;

    // Samples that are this much off grey are taken for coloured things; these many imaginary grey ones hold a scene of warm things back from looking lit by a lamp.
    private const float MostTint = 0.12f;
    private const float GreyPrior = 3000;

    /// <summary>The brightest two per cent: q_lo of "highlight" in libcamera's ov5647.json.</summary>
    private const double HighlightPart = 0.02;

    /// <summary>Of the spot's falling off, as a part of the picture's width and height.</summary>
    private const float SpotDeviation = 0.07f;

    private readonly int[] histogram;
    private readonly AeMeteringMode metering;
    private readonly float exposure;
    private float brightness;
    private float weights;
    private float radiances;
    private int samples;
    private Vector3 grey = SensorModel.Response * (GreyPrior * 0.3f);

    /// <param name="settings">What the sensor uses.</param>
    /// <param name="histogram">Room for <see cref="HistogramSteps"/> numbers, lent by the caller to spare a frame the allocation.</param>
    public LightMeter(SensorSettings settings, int[] histogram)
    {
        this.histogram = histogram;
        Array.Clear(histogram);
        metering = settings.Controls.AeMeteringMode;
        exposure = (float)(settings.TotalExposure / SensorModel.WhiteExposureSeconds);
    }

    /// <param name="radiance">Of the scene, linear, 1 is white paper.</param>
    /// <param name="u">Place in the picture, 0 to 1.</param>
    /// <param name="v">Place in the picture, 0 to 1.</param>
    public void Add(Vector3 radiance, float u, float v)
    {
        var light = Vector3.Dot(radiance, new Vector3(0.2126f, 0.7152f, 0.0722f));
        var luminance = light * exposure;
        var shown = Math.Min(luminance, 1);
        var weight = Weight(((u - 0.5f) * (u - 0.5f)) + ((v - 0.5f) * (v - 0.5f)));
        brightness += weight * shown;
        weights += weight;
        radiances += light;
        samples++;
        histogram[(int)(shown * (HistogramSteps - 1))]++;
        var tint = Math.Max(MathF.Abs((radiance.X / radiance.Y) - 1), MathF.Abs((radiance.Z / radiance.Y) - 1));
        if (tint < MostTint && luminance is > 0.02f and < 0.95f)
        {
            grey += radiance * SensorModel.Response;
        }
    }

    public readonly FrameStatistics Read() =>
        new(brightness / weights, Highlights(), radiances / samples, grey.X, grey.Y, grey.Z);

    private readonly float Weight(float squareFromCentre) => metering switch
    {
        AeMeteringMode.Spot => MathF.Exp(-squareFromCentre / (2 * SpotDeviation * SpotDeviation)),
        AeMeteringMode.Matrix => 1,
        _ => 1 + (2 * Math.Max(0, 1 - (2 * squareFromCentre))),
    };

    private readonly double Highlights()
    {
        var wanted = Math.Max(1, samples * HighlightPart);
        var (counted, sum) = (0.0, 0.0);
        for (var step = HistogramSteps - 1; step >= 0 && counted < wanted; step--)
        {
            var taken = Math.Min(histogram[step], wanted - counted);
            counted += taken;
            sum += taken * step;
        }

        return sum / counted / (HistogramSteps - 1);
    }
}
