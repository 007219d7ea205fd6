using System.Numerics;
using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>The still part of the simulated world, made once and shared: all around, and sharper where the camera looks first.</summary>
internal sealed class Scene
{
    /// <summary>Columns repeated beyond +180°, so that a piece of picture across the seam reads on without a jump.</summary>
    public const double SeamDegrees = 16;

    private static readonly Lazy<Scene> Shared = new(() => new Scene());

    private readonly Lazy<SceneTexture> surround;

    private Scene()
    {
        var backdrop = new Backdrop();
        surround = new(() => Paint(new SceneTexture(-180, 180 + SeamDegrees, 90, -90, 16), backdrop));
        Front = Paint(new SceneTexture(-29, 29, 16.5, -17, 32), backdrop);
    }

    /// <summary>The one scene; painting its front takes about a tenth of a second.</summary>
    public static Scene Instance => Shared.Value;

    /// <summary>Every direction; painted when first looked at, which takes a good part of a second.</summary>
    public SceneTexture Surround => surround.Value;

    /// <summary>The home view.</summary>
    public SceneTexture Front { get; }

    private static SceneTexture Paint(SceneTexture texture, Backdrop backdrop)
    {
        var top = Math.Min(texture.Top, 30);
        var bottom = Math.Max(texture.Bottom, -30);
        var firstRow = (int)Math.Round(texture.Row(top) + 0.5);
        using var foreground = new SKBitmap(new SKImageInfo(
            texture.Width, (int)Math.Round((top - bottom) * texture.TexelsPerDegree), SKColorType.Rgba8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(foreground))
        {
            canvas.Clear();
            canvas.Scale(texture.TexelsPerDegree);
            canvas.Translate((float)-texture.Left, (float)top);
            HarbourPainter.Paint(canvas, texture.Left, texture.Right);
        }

        // One core stays free for the frames.
        var painters = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount - 1) };
        Parallel.For(0, texture.Height, painters, row =>
        {
            var elevation = texture.ElevationAt(row);
            var texels = texture.Texels.AsSpan(row * texture.Width, texture.Width);
            var painted = row >= firstRow && row < firstRow + foreground.Height
                ? foreground.GetPixelSpan().Slice((row - firstRow) * foreground.RowBytes, foreground.RowBytes)
                : default;
            for (var column = 0; column < texels.Length; column++)
            {
                var coverage = painted.IsEmpty ? 0 : painted[(column * 4) + 3];
                var behind = coverage == 255 ? Vector3.Zero : backdrop.At(texture.PanAt(column), elevation);
                texels[column] = SceneTexture.Pack(
                    coverage == 0 ? behind : LinearColour.Over(painted.Slice(column * 4, 4), behind));
            }
        });
        return texture;
    }
}
