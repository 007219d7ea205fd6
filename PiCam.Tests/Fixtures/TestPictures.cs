using SkiaSharp;

namespace PiCam.Tests.Fixtures;

/// <summary>Small pictures that a test knows.</summary>
public static class TestPictures
{
    /// <summary>One colour all over.</summary>
    public static byte[] Jpeg(int width, int height, SKColor colour) => Encode(width, height, SKEncodedImageFormat.Jpeg, canvas => canvas.Clear(colour));

    /// <summary>No two regions alike.</summary>
    public static byte[] Gradient(int width, int height) => Encode(width, height, SKEncodedImageFormat.Jpeg, canvas =>
    {
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(0, 0), new SKPoint(width, height), [SKColors.Navy, SKColors.Orange, SKColors.White], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawPaint(paint);
    });

    /// <summary>A red disc on nothing.</summary>
    public static byte[] Logo(int width, int height) => Encode(width, height, SKEncodedImageFormat.Png, canvas =>
    {
        using var paint = new SKPaint { Color = SKColors.Red, IsAntialias = true };
        canvas.DrawOval(SKRect.Create(width, height), paint);
    });

    /// <summary>Its pixels.</summary>
    public static SKBitmap Decode(byte[] picture) => SKBitmap.Decode(picture) ?? throw new InvalidDataException("No picture.");

    private static byte[] Encode(int width, int height, SKEncodedImageFormat format, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Transparent);
        using (var canvas = new SKCanvas(bitmap))
        {
            draw(canvas);
        }

        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }
}
