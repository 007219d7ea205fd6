using System.Numerics;
using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>The still part of the simulated world, made once and shared: all around, and sharper where the camera looks first.</summary>
internal sealed class Scene
{
    /// <summary>Columns repeated beyond +180°, so that a piece of picture across the seam reads on without a jump.</summary>
    public const double SeamDegrees = 16;

    private static readonly Lazy<Scene> Shared = new(() => new Scene());

    private readonly Backdrop backdrop = new();
    private SceneTexture? front;

    private Scene()
    {
        Surround = new Surround(backdrop);
        front = PaintFront();
    }

    /// <summary>The one scene; painting its front takes about a tenth of a second.</summary>
    public static Scene Instance => Shared.Value;

    /// <summary>Every direction.</summary>
    public Surround Surround { get; }

    /// <summary>The home view, for one to lay over it what moves; painted anew while another has it.</summary>
    public SceneTexture TakeFront() => Interlocked.Exchange(ref front, null) ?? PaintFront();

    /// <summary>Gives a home view back, as it was when it was taken.</summary>
    public void ReturnFront(SceneTexture texture) => Volatile.Write(ref front, texture);

    private SceneTexture PaintFront()
    {
        // As a picture 1280 wide shows it in its middle; larger ones and stills are a little softer, and it takes 4.5 MB (with 32: 8 MB).
        var texture = new SceneTexture(-29, 29, 16.5, -17, 24);
        Paint(texture, backdrop, new(0, 0, texture.Width, texture.Height));
        return texture;
    }

    /// <summary>Paints an area of a texture, in texels.</summary>
    internal static void Paint(SceneTexture texture, Backdrop backdrop, SKRectI area)
    {
        // What stands in the scene does so within 30° of the horizon, where rows are as high as columns are wide.
        var top = Math.Min(texture.Top, 30);
        var bottom = Math.Max(texture.Bottom, -30);
        var first = (int)Math.Round(texture.Row(top) + 0.5);
        var firstRow = Math.Max(area.Top, first);
        var rows = Math.Min(area.Bottom, first + (int)Math.Round((top - bottom) * texture.TexelsPerDegree)) - firstRow;
        using var foreground = rows <= 0 ? null : new SKBitmap(new SKImageInfo(area.Width, rows, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (foreground is not null)
        {
            using var canvas = new SKCanvas(foreground);
            canvas.Clear();
            canvas.Translate(-area.Left, first - firstRow);
            canvas.Scale(texture.TexelsPerDegree);
            canvas.Translate((float)-texture.Left, (float)top);
            HarbourPainter.Paint(
                canvas,
                texture.Left + ((double)area.Left / texture.TexelsPerDegree),
                texture.Left + ((double)area.Right / texture.TexelsPerDegree));
        }

        // One core stays free for the frames.
        var painters = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount - 1) };
        Parallel.For(area.Top, area.Bottom, painters, row =>
        {
            var elevation = texture.ElevationAt(row);
            var texels = texture.Texels.AsSpan((row * texture.Width) + area.Left, area.Width);
            var painted = foreground is not null && row >= firstRow && row < firstRow + rows
                ? foreground.GetPixelSpan().Slice((row - firstRow) * foreground.RowBytes, foreground.RowBytes)
                : default;
            for (var column = 0; column < texels.Length; column++)
            {
                var coverage = painted.IsEmpty ? 0 : painted[(column * 4) + 3];
                var behind = coverage == 255 ? Vector3.Zero : backdrop.At(texture.PanAt(area.Left + column), elevation);
                texels[column] = SceneTexture.Pack(
                    coverage == 0 ? behind : LinearColour.Over(painted.Slice(column * 4, 4), behind));
            }
        });
    }
}
