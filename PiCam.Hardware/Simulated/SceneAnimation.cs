using System.Numerics;
using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>What moves in the scene, laid over the home view's texture for the time that a frame is exposed.</summary>
internal sealed class SceneAnimation : IDisposable
{
    // Steps of about one texel for the fastest thing, the pendulum's bob, and for the boat.
    private const double PendulumStepsPerSecond = 140;
    private const double BoatStepsPerSecond = 40;
    private const int MostSteps = 300;

    // The eye sees no step of half a per cent.
    private const float LampSteps = 200;

    private readonly Scene scene;
    private readonly TimeSpan lampPeriod;
    private readonly StillArea board;
    private readonly StillArea window;
    private readonly StillArea waters;
    private readonly StillArea? lamp;
    private SKBitmap bitmap = new(new SKImageInfo(256, 256, SKColorType.Rgba8888, SKAlphaType.Premul));
    private Vector4[] exposed = [];
    private SKRectI boat;
    private long shownSecond = long.MinValue;
    private float shownLamp;

    /// <param name="scene">Whose home view it takes until it is disposed of.</param>
    /// <param name="lampPeriod">In which <see cref="HarbourLamp"/> grows bright and dark again; zero: there is none.</param>
    public SceneAnimation(Scene scene, TimeSpan lampPeriod)
    {
        this.scene = scene;
        this.lampPeriod = lampPeriod;
        Texture = scene.TakeFront();
        board = new StillArea(Texture, Texels(ClockTower.Board));
        window = new StillArea(Texture, Texels(ClockTower.Window));
        waters = new StillArea(Texture, Texels(SailingBoat.Waters));
        lamp = lampPeriod > TimeSpan.Zero ? new StillArea(Texture, Texels(HarbourLamp.Bounds)) : null;
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
            board.Restore(board.Area);
            Lay(board.Area, 1, (canvas, _) => ClockTower.PaintTime(canvas, wallTime));
        }

        window.Restore(window.Area);
        Lay(
            window.Area,
            Steps(exposureSeconds, PendulumStepsPerSecond),
            (canvas, part) => ClockTower.PaintPendulum(canvas, startSeconds + (part * exposureSeconds)));

        waters.Restore(boat);
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
        if (lamp is null || MathF.Round(HarbourLamp.Level(seconds, lampPeriod.TotalSeconds) * LampSteps) / LampSteps is var level && level == shownLamp)
        {
            return;
        }

        shownLamp = level;
        for (var row = lamp.Area.Top; row < lamp.Area.Bottom; row++)
        {
            var elevation = Texture.ElevationAt(row);
            var dark = lamp.Row(row);
            for (var column = 0; column < dark.Length; column++)
            {
                Texture.Texels[(row * Texture.Width) + lamp.Area.Left + column] = SceneTexture.Pack(
                    SceneTexture.Unpack(dark[column]) + (level * HarbourLamp.At(Texture.PanAt(lamp.Area.Left + column), elevation)));
            }
        }
    }

    public void Dispose()
    {
        bitmap.Dispose();
        foreach (var area in new[] { board, window, waters, lamp })
        {
            area?.Restore(area.Area);
        }

        scene.ReturnFront(Texture);
    }

    private static int Steps(double seconds, double perSecond) => (int)Math.Clamp(Math.Ceiling(seconds * perSecond), 1, MostSteps);

    private static double Part(int step, int steps) => (step + 0.5) / steps;

    private SKRectI Texels(SKRect degrees) => new(
        (int)Math.Floor(Texture.Column(degrees.Left)),
        (int)Math.Floor(Texture.Row(-degrees.Top)),
        (int)Math.Ceiling(Texture.Column(degrees.Right)),
        (int)Math.Ceiling(Texture.Row(-degrees.Bottom)));

    private void Lay(SKRectI area, int steps, Action<SKCanvas, double> paint)
    {
        EnsureSize(area);
        using var canvas = new SKCanvas(bitmap);
        canvas.Translate(-area.Left, -area.Top);
        canvas.Scale(Texture.TexelsPerDegree);
        canvas.Translate((float)-Texture.Left, (float)Texture.Top);
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
            var texels = Texture.Texels.AsSpan(((area.Top + row) * Texture.Width) + area.Left, area.Width);
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
