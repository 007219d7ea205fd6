using System.Numerics;
using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>What moves in the scene, laid over a copy of the home view's texture for the time that a frame is exposed.</summary>
internal sealed class SceneAnimation : IDisposable
{
    // Steps of about one texel for the fastest thing, the pendulum's bob, and for the boat.
    private const double PendulumStepsPerSecond = 140;
    private const double BoatStepsPerSecond = 40;
    private const int MostSteps = 300;

    // The eye sees no step of half a per cent.
    private const float LampSteps = 200;

    private readonly SceneTexture still;
    private readonly TimeSpan lampPeriod;
    private SKBitmap bitmap = new(new SKImageInfo(256, 256, SKColorType.Rgba8888, SKAlphaType.Premul));
    private Vector4[] exposed = [];
    private SKRectI boat;
    private long shownSecond = long.MinValue;
    private float shownLamp;

    /// <param name="still">The home view without what moves.</param>
    /// <param name="lampPeriod">In which <see cref="HarbourLamp"/> grows bright and dark again; zero: there is none.</param>
    public SceneAnimation(SceneTexture still, TimeSpan lampPeriod)
    {
        this.still = still;
        this.lampPeriod = lampPeriod;
        Texture = still.Copy();
    }

    /// <summary>The home view with everything where it was during the last exposure.</summary>
    public SceneTexture Texture { get; }

    /// <summary>Moves everything.</summary>
    /// <param name="startSeconds">When the exposure began, on the scene's own clock.</param>
    /// <param name="exposureSeconds">How long it took.</param>
    /// <param name="wallTime">What the tower clock shows.</param>
    public void Expose(double startSeconds, double exposureSeconds, DateTimeOffset wallTime)
    {
        Shine(startSeconds);
        if (wallTime.UtcTicks / TimeSpan.TicksPerSecond is var second && second != shownSecond)
        {
            shownSecond = second;
            Restore(Texels(ClockTower.Board));
            Lay(Texels(ClockTower.Board), 1, (canvas, _) => ClockTower.PaintTime(canvas, wallTime));
        }

        Restore(Texels(ClockTower.Window));
        Lay(
            Texels(ClockTower.Window),
            Steps(exposureSeconds, PendulumStepsPerSecond),
            (canvas, part) => ClockTower.PaintPendulum(canvas, startSeconds + (part * exposureSeconds)));

        Restore(boat);
        var steps = Steps(exposureSeconds, BoatStepsPerSecond);
        boat = Texels(SailingBoat.Bounds(startSeconds));
        for (var i = 0; i < steps; i++)
        {
            boat = SKRectI.Union(boat, Texels(SailingBoat.Bounds(startSeconds + (Part(i, steps) * exposureSeconds))));
        }

        Lay(boat, steps, (canvas, part) => SailingBoat.Paint(canvas, startSeconds + (part * exposureSeconds)));
    }

    /// <summary>Lets the lamp shine as it does at a moment; alone, where only the light is measured.</summary>
    /// <param name="seconds">On the scene's own clock.</param>
    public void Shine(double seconds)
    {
        var level = lampPeriod > TimeSpan.Zero ? MathF.Round(HarbourLamp.Level(seconds, lampPeriod.TotalSeconds) * LampSteps) / LampSteps : 0;
        if (level == shownLamp)
        {
            return;
        }

        shownLamp = level;
        var area = Texels(HarbourLamp.Bounds);
        for (var row = area.Top; row < area.Bottom; row++)
        {
            var elevation = still.ElevationAt(row);
            for (var column = area.Left; column < area.Right; column++)
            {
                var texel = (row * still.Width) + column;
                Texture.Texels[texel] = SceneTexture.Pack(
                    SceneTexture.Unpack(still.Texels[texel]) + (level * HarbourLamp.At(still.PanAt(column), elevation)));
            }
        }
    }

    public void Dispose() => bitmap.Dispose();

    private static int Steps(double seconds, double perSecond) => (int)Math.Clamp(Math.Ceiling(seconds * perSecond), 1, MostSteps);

    private static double Part(int step, int steps) => (step + 0.5) / steps;

    private SKRectI Texels(SKRect degrees) => new(
        (int)Math.Floor(still.Column(degrees.Left)),
        (int)Math.Floor(still.Row(-degrees.Top)),
        (int)Math.Ceiling(still.Column(degrees.Right)),
        (int)Math.Ceiling(still.Row(-degrees.Bottom)));

    private void Restore(SKRectI area)
    {
        for (var row = area.Top; row < area.Bottom; row++)
        {
            var start = (row * still.Width) + area.Left;
            still.Texels.AsSpan(start, area.Width).CopyTo(Texture.Texels.AsSpan(start));
        }
    }

    private void Lay(SKRectI area, int steps, Action<SKCanvas, double> paint)
    {
        EnsureSize(area);
        using var canvas = new SKCanvas(bitmap);
        canvas.Translate(-area.Left, -area.Top);
        canvas.Scale(still.TexelsPerDegree);
        canvas.Translate((float)-still.Left, (float)still.Top);
        var pixels = bitmap.GetPixelSpan();
        Array.Clear(exposed, 0, area.Width * area.Height);
        for (var step = 0; step < steps; step++)
        {
            canvas.Clear();
            paint(canvas, Part(step, steps));
            canvas.Flush();
            Accumulate(pixels, area, 1f / steps);
        }

        Blend(area);
    }

    private void Accumulate(ReadOnlySpan<byte> pixels, SKRectI area, float weight)
    {
        for (var row = 0; row < area.Height; row++)
        {
            for (var column = 0; column < area.Width; column++)
            {
                var pixel = pixels.Slice((row * bitmap.RowBytes) + (column * 4), 4);
                if (pixel[3] != 0)
                {
                    exposed[(row * area.Width) + column] +=
                        new Vector4(LinearColour.Over(pixel, Vector3.Zero), pixel[3] / 255f) * weight;
                }
            }
        }
    }

    private void Blend(SKRectI area)
    {
        for (var row = 0; row < area.Height; row++)
        {
            var texels = Texture.Texels.AsSpan(((area.Top + row) * still.Width) + area.Left, area.Width);
            for (var column = 0; column < texels.Length; column++)
            {
                var light = exposed[(row * area.Width) + column];
                if (light.W > 0)
                {
                    texels[column] = SceneTexture.Pack(
                        (SceneTexture.Unpack(texels[column]) * (1 - light.W)) + new Vector3(light.X, light.Y, light.Z));
                }
            }
        }
    }

    private void EnsureSize(SKRectI area)
    {
        if (bitmap.Width < area.Width || bitmap.Height < area.Height)
        {
            var info = bitmap.Info.WithSize(Math.Max(bitmap.Width, area.Width), Math.Max(bitmap.Height, area.Height));
            bitmap.Dispose();
            bitmap = new SKBitmap(info);
        }

        if (exposed.Length < area.Width * area.Height)
        {
            exposed = new Vector4[bitmap.Width * bitmap.Height];
        }
    }
}
