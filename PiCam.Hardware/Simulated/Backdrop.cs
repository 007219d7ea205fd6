using System.Numerics;

namespace PiCam.Hardware.Simulated;

/// <summary>Sky, water and quay around the simulated camera, as linear radiance by direction. 1 is white paper.</summary>
internal sealed class Backdrop
{
    /// <summary>Where the sun stands, in degrees.</summary>
    public const double SunPan = -15;
    public const double SunElevation = 3.6;

    /// <summary>The elevation of the quay's edge, in degrees; water above it, stone below.</summary>
    public const double QuayEdge = -7.8;

    private const int SamplesPerDegree = 4;
    private const int SkyColumns = 360 * SamplesPerDegree;
    private const int SkyRows = (90 * SamplesPerDegree) + 1;
    private const double EyeMetres = 3;
    private const float RadiansPerDegree = MathF.PI / 180;

    // As a texture's texels: numbers of full precision would take 6 MB.
    private readonly uint[] sky = new uint[SkyColumns * SkyRows];

    public Backdrop() => Parallel.For(0, SkyRows, row =>
    {
        for (var column = 0; column < SkyColumns; column++)
        {
            sky[(row * SkyColumns) + column] = SceneTexture.Pack(PaintSky(((float)column / SamplesPerDegree) - 180, (float)row / SamplesPerDegree));
        }
    });

    /// <summary>The radiance that arrives from a direction, in degrees.</summary>
    public Vector3 At(double pan, double elevation)
    {
        var (p, e) = ((float)pan, (float)elevation);
        return elevation >= 0 ? Sky(p, e) + SunDisc(p, e) + GraticulePoint(p, e)
            : elevation > QuayEdge ? Water(p, e)
            : Quay(p, e);
    }

    private static Vector3 PaintSky(float pan, float elevation)
    {
        var toSun = AngleToSun(pan, elevation);
        var nearSun = MathF.Exp(-toSun * toSun / (55 * 55));
        var horizon = Vector3.Lerp(new(0.33f, 0.30f, 0.42f), new(0.95f, 0.52f, 0.26f), nearSun);
        var colour = Vector3.Lerp(horizon, new(0.075f, 0.13f, 0.31f), 1 - MathF.Exp(-elevation / 15));
        colour += new Vector3(1, 0.66f, 0.30f) * (0.55f * MathF.Exp(-toSun / 9));
        var (sinPan, cosPan) = MathF.SinCos(pan * RadiansPerDegree);
        var (sin, cos) = MathF.SinCos(elevation * RadiansPerDegree);
        var distance = 1.6f * cos / (sin + 0.10f);
        var billows = ValueNoise.Fractal((distance * sinPan) + 3.1f, (distance * cosPan * 1.7f) + 7.7f, 5);
        var cover = SmoothStep(0.50f, 0.78f, billows) * SmoothStep(0.5f, 6, elevation);
        var lit = (colour * 0.55f) + Vector3.Lerp(new(0.20f, 0.17f, 0.22f), new(0.80f, 0.42f, 0.26f), nearSun);
        return Vector3.Lerp(colour, lit, cover * 0.75f);
    }

    private Vector3 Sky(float pan, float elevation)
    {
        var x = (pan + 180) * SamplesPerDegree;
        var y = Math.Min(elevation * SamplesPerDegree, SkyRows - 1.001f);
        var (column, row) = ((int)MathF.Floor(x), (int)y);
        var (fx, fy) = (x - column, y - row);
        var left = (((column % SkyColumns) + SkyColumns) % SkyColumns) + (row * SkyColumns);
        var right = ((((column + 1) % SkyColumns) + SkyColumns) % SkyColumns) + (row * SkyColumns);
        return Vector3.Lerp(
            Vector3.Lerp(SceneTexture.Unpack(sky[left]), SceneTexture.Unpack(sky[right]), fx),
            Vector3.Lerp(SceneTexture.Unpack(sky[left + SkyColumns]), SceneTexture.Unpack(sky[right + SkyColumns]), fx),
            fy);
    }

    private static Vector3 SunDisc(float pan, float elevation)
    {
        var distance = AngleToSun(pan, elevation);
        return distance > 6 ? Vector3.Zero
            : (new Vector3(3.2f, 2.7f, 1.7f) * SmoothStep(1.0f, 0.8f, distance))
                + (new Vector3(0.9f, 0.6f, 0.25f) * MathF.Exp(-distance * distance / 3));
    }

    /// <summary>A star at each tenth degree, so that one can see how far the camera turned, wherever it looks.</summary>
    private static Vector3 GraticulePoint(float pan, float elevation)
    {
        var up = elevation - (MathF.Round(elevation / 10) * 10);
        if (elevation < 5 || elevation > 85 || up is < -0.5f or > 0.5f)
        {
            return Vector3.Zero;
        }

        var across = (pan - (MathF.Round(pan / 10) * 10)) * MathF.Cos(elevation * RadiansPerDegree);
        return across is < -0.5f or > 0.5f
            ? Vector3.Zero
            : new Vector3(0.9f, 0.95f, 1.0f) * (0.9f * MathF.Exp(-((across * across) + (up * up)) / (2 * 0.09f * 0.09f)));
    }

    private Vector3 Water(float pan, float elevation)
    {
        var depth = MathF.Log(-elevation + 0.12f);
        var swell = ValueNoise.At(pan * 0.8f, depth * 9, 288) - 0.5f;
        var ripple = ValueNoise.At(pan * 2.5f, depth * 26, 900) - 0.5f;
        var chop = (0.55f * swell) + (0.65f * ripple);
        var near = Math.Clamp(-elevation / 6, 0, 1);
        var mirrored = Math.Max(0, (-elevation * 1.25f) + (chop * (2.2f + (7 * near))));
        var reflected = Sky(pan + (chop * 4), mirrored);
        var glitter = Vector3.Zero;
        var across = pan - (float)SunPan;
        if (across is > -9 and < 9)
        {
            var column = MathF.Exp(-across * across / (2 * (1.0f + (3.5f * near))));
            glitter = new Vector3(1.8f, 1.15f, 0.55f) * (column * SmoothStep(0.02f, 0.34f, chop));
        }

        return (reflected * (0.72f - (0.25f * near))) + new Vector3(0.010f, 0.022f, 0.030f) + glitter;
    }

    private static Vector3 Quay(float pan, float elevation)
    {
        var distance = (float)EyeMetres / MathF.Tan(Math.Min(-elevation, 89.5f) * RadiansPerDegree);
        var (sin, cos) = MathF.SinCos(pan * RadiansPerDegree);
        var (x, z) = (distance * sin, distance * cos);
        // One texel's footprint on the stone: joints thinner than it must fade, not flicker.
        var footprint = 0.0012f * ((distance * distance / 3) + 1.5f);
        var row = MathF.Floor(z / 0.8f);
        var shift = ((int)row & 1) * 0.7f;
        var joint = Math.Max(Joint(z, 0.8f, footprint), Joint(x + shift, 1.4f, 0.0012f * (distance + 1)));
        var tone = 0.8f + (0.4f * ValueNoise.Hash((int)MathF.Floor((x + shift) / 1.4f), (int)row));
        var grain = 0.85f + (0.3f * ValueNoise.Fractal(x * 5, z * 5, 2));
        var stone = new Vector3(0.155f, 0.140f, 0.128f) * (tone * grain);
        if (elevation > QuayEdge - 1.1)
        {
            // The kerb: one long pale stone, with a lit upper edge.
            stone = new Vector3(0.26f, 0.24f, 0.22f) * grain;
            return elevation > QuayEdge - 0.10 ? stone * 1.7f : stone;
        }

        return stone * (1 - (0.62f * joint));
    }

    private static float Joint(float position, float spacing, float footprint)
    {
        var offset = MathF.Abs(position - (MathF.Round(position / spacing) * spacing));
        var width = Math.Max(0.022f, footprint);
        return SmoothStep(width, width * 0.4f, offset) * (0.022f / width);
    }

    private static float AngleToSun(float pan, float elevation)
    {
        var across = (MathF.Abs(pan - (float)SunPan) is var d && d > 180 ? 360 - d : d) * MathF.Cos(elevation * RadiansPerDegree);
        var up = elevation - (float)SunElevation;
        return MathF.Sqrt((across * across) + (up * up));
    }

    private static float SmoothStep(float from, float to, float value)
    {
        var t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }
}
