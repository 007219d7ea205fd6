using System.Numerics;

namespace PiCam.Hardware.Simulated;

/// <summary>Gathers a frame's statistics from one sample per cell, before noise.</summary>
internal struct LightMeter(SensorSettings settings)
{
    // Samples that are this much off grey are taken for coloured things; these many imaginary grey ones hold a scene of warm things back from looking lit by a lamp.
    private const float MostTint = 0.12f;
    private const float GreyPrior = 3000;

    private readonly float exposure = (float)(settings.TotalExposure / SensorModel.WhiteExposureSeconds);
    private float brightness;
    private float weights;
    private Vector3 grey = SensorModel.Response * (GreyPrior * 0.3f);

    /// <param name="radiance">Of the scene, linear, 1 is white paper.</param>
    /// <param name="u">Place in the picture, 0 to 1.</param>
    /// <param name="v">Place in the picture, 0 to 1.</param>
    public void Add(Vector3 radiance, float u, float v)
    {
        var luminance = Vector3.Dot(radiance, new Vector3(0.2126f, 0.7152f, 0.0722f)) * exposure;
        var weight = 1 + (2 * Math.Max(0, 1 - (2 * (((u - 0.5f) * (u - 0.5f)) + ((v - 0.5f) * (v - 0.5f))))));
        brightness += weight * Math.Min(luminance, 1);
        weights += weight;
        var tint = Math.Max(MathF.Abs((radiance.X / radiance.Y) - 1), MathF.Abs((radiance.Z / radiance.Y) - 1));
        if (tint < MostTint && luminance is > 0.02f and < 0.95f)
        {
            grey += radiance * SensorModel.Response;
        }
    }

    public readonly FrameStatistics Read() => new(brightness / weights, grey.X, grey.Y, grey.Z);
}
