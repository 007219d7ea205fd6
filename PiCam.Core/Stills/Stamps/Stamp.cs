using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using SkiaSharp;

namespace PiCam.Core.Stills.Stamps;

/// <summary>Draws text and a logo into pictures.</summary>
public static class Stamp
{
    private static readonly SKColor BoxColour = new(0, 0, 0, 140);
    private static readonly SKColor EdgeColour = new(0, 0, 0, 220);

    // A line of the camera helper's protocol is 1 MiB at most, and base64 makes four bytes of three.
    private const int MostMaskBytes = 720_000;

    // As parts of the text's size.
    private const float Corner = 0.25f;
    private const float Edge = 0.18f;

    /// <summary>The picture with a stamp, encoded anew; what was in the file beside the picture (Exif, say) is gone.</summary>
    /// <param name="jpeg">A complete JPEG; it is not changed.</param>
    /// <param name="style">How the stamp looks.</param>
    /// <param name="text">One or more lines; empty: the logo alone.</param>
    /// <param name="logo">A PNG; null: none.</param>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    /// <param name="orientation">
    /// What the page does with the camera's pictures: the picture is turned like that, so that the stamp stands upright, and
    /// nothing is left for Exif's orientation to say.
    /// </param>
    /// <returns>A JPEG; null when the picture cannot be decoded.</returns>
    /// <exception cref="InvalidValueException">The style, the logo or the quality cannot be used.</exception>
    public static byte[]? Draw(byte[] jpeg, StampStyle style, string text, byte[]? logo, int quality, Orientation orientation = default)
    {
        ArgumentNullException.ThrowIfNull(jpeg);
        Demand(style, text);
        if (quality is < 1 or > 100)
        {
            throw new InvalidValueException(new InvalidValue("quality", $"{quality}", Allowed.WholeRange("1", "100")));
        }

        using var drawnLogo = logo is null ? null : StampLogo.Decode(logo);
        using var picture = JpegThumbnail.Decode(jpeg, orientation);
        if (picture is null)
        {
            return null;
        }

        var size = new PixelSize(picture.Width, picture.Height);
        var layout = StampLayout.Of(size, style, text, drawnLogo is null ? null : new(drawnLogo.Width, drawnLogo.Height));
        using (var canvas = new SKCanvas(picture))
        {
            Draw(canvas, layout, style, drawnLogo);
        }

        using var data = picture.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }

    /// <summary>The text of a stamp alone, for who blends white into pictures by itself; box and logo cannot be drawn so.</summary>
    /// <param name="picture">The size of the pictures.</param>
    /// <param name="style">Corner, opacity, and height, which is less where the mask would be too large for the helper.</param>
    /// <param name="text">One or more lines.</param>
    /// <returns>Null when there is nothing to draw.</returns>
    /// <exception cref="InvalidValueException">The style cannot be used.</exception>
    public static StampMask? Mask(PixelSize picture, StampStyle style, string text)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(picture.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(picture.Height);
        Demand(style, text);
        var layout = StampLayout.Of(picture, style, text, null);
        var area = Area(layout, picture);
        for (var height = style.Height; area.Width * area.Height > MostMaskBytes && height > 0.001; height *= 0.8)
        {
            layout = StampLayout.Of(picture, style with { Height = height }, text, null);
            area = Area(layout, picture);
        }

        if (layout.Lines.Count == 0 || area.IsEmpty)
        {
            return null;
        }

        using var bitmap = new SKBitmap(new SKImageInfo(area.Width, area.Height, SKColorType.Alpha8, SKAlphaType.Premul));
        bitmap.Erase(SKColors.Transparent);
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint { Color = SKColors.White.WithAlpha(Alpha(style)), IsAntialias = true })
        {
            canvas.Translate(-area.Left, -area.Top);
            Draw(canvas, layout, paint);
        }

        var mask = new byte[area.Width * area.Height];
        for (var row = 0; row < area.Height; row++)
        {
            bitmap.GetPixelSpan().Slice(row * bitmap.RowBytes, area.Width).CopyTo(mask.AsSpan(row * area.Width));
        }

        return new(area.Left, area.Top, area.Width, area.Height, mask);
    }

    private static void Demand(StampStyle style, string text)
    {
        ArgumentNullException.ThrowIfNull(style);
        ArgumentNullException.ThrowIfNull(text);
        if (style.Check() is { Count: > 0 } errors)
        {
            throw new InvalidValueException(errors);
        }
    }

    private static SKRectI Area(StampLayout layout, PixelSize picture) =>
        SKRectI.Intersect(SKRectI.Ceiling(layout.Box, outwards: true), new SKRectI(0, 0, picture.Width, picture.Height));

    private static byte Alpha(StampStyle style) => (byte)Math.Round(255 * style.Opacity);

    /// <summary>Draws a whole stamp where its layout says.</summary>
    internal static void Draw(SKCanvas canvas, StampLayout layout, StampStyle style, SKBitmap? logo)
    {
        if (layout.Lines.Count == 0 && logo is null)
        {
            return;
        }

        // The layer is no larger than the stamp: of a whole still it would be 50 MB.
        using var whole = new SKPaint { Color = SKColors.White.WithAlpha(Alpha(style)) };
        canvas.SaveLayer(layout.Box, whole);
        if (style.HasBox)
        {
            using var box = new SKPaint { Color = BoxColour, IsAntialias = true };
            canvas.DrawRoundRect(layout.Box, Corner * layout.TextSize, Corner * layout.TextSize, box);
        }

        if (logo is not null)
        {
            using var image = SKImage.FromBitmap(logo);
            canvas.DrawImage(image, layout.Logo, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        if (!style.HasBox)
        {
            using var edge = new SKPaint
            {
                Color = EdgeColour,
                IsAntialias = true,
                Style = SKPaintStyle.Stroke,
                StrokeWidth = Edge * layout.TextSize,
                StrokeJoin = SKStrokeJoin.Round,
            };
            Draw(canvas, layout, edge);
        }

        using var fill = new SKPaint { Color = SKColors.White, IsAntialias = true };
        Draw(canvas, layout, fill);
        canvas.Restore();
    }

    private static void Draw(SKCanvas canvas, StampLayout layout, SKPaint paint)
    {
        for (var line = 0; line < layout.Lines.Count; line++)
        {
            var at = layout.Origin(line);
            var placed = new List<(StampGlyph Glyph, SKPoint At)>();
            foreach (var glyph in layout.Lines[line].Glyphs)
            {
                placed.Add((glyph, at));
                at.X += glyph.Advance * layout.TextSize;
            }

            foreach (var run in placed.GroupBy(p => p.Glyph.Face))
            {
                using var font = StampFont.Sized(run.Key, layout.TextSize);
                using var builder = new SKTextBlobBuilder();
                builder.AddPositionedRun(run.Select(p => p.Glyph.Id).ToArray(), font, run.Select(p => p.At).ToArray());
                using var blob = builder.Build();
                canvas.DrawText(blob, 0, 0, paint);
            }
        }
    }
}
