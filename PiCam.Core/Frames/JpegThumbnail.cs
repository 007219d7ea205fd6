using PiCam.Core.Cameras;
using SkiaSharp;

namespace PiCam.Core.Frames;

/// <summary>Makes small pictures of large ones.</summary>
public static class JpegThumbnail
{
    private const int Quality = 75;

    /// <summary>The same picture as the page shows it, at most <paramref name="width"/> wide before it is turned.</summary>
    /// <param name="jpeg">A complete JPEG.</param>
    /// <param name="width">Pixels, above 0.</param>
    /// <param name="orientation">What the page does with the camera's pictures.</param>
    /// <returns>A JPEG; null when the picture cannot be decoded.</returns>
    public static byte[]? Make(byte[] jpeg, int width, Orientation orientation = default)
    {
        using var small = Scaled(jpeg, width);
        if (small is null)
        {
            return null;
        }

        using var turned = Turned(small, orientation);
        using var data = turned.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();
    }

    /// <summary>The same picture, not turned, as large as it fits within a size; never enlarged.</summary>
    /// <param name="jpeg">A complete JPEG.</param>
    /// <param name="within">Pixels, above 0.</param>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    /// <returns>A JPEG and its size; null when the picture cannot be decoded.</returns>
    public static (byte[] Jpeg, PixelSize Size)? Fit(byte[] jpeg, PixelSize within, int quality)
    {
        ArgumentNullException.ThrowIfNull(jpeg);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(within.Height, nameof(within));
        var info = SKBitmap.DecodeBounds(jpeg);
        using var small = info.Width > 0 && info.Height > 0
            ? Scaled(jpeg, Math.Min(within.Width, Math.Max(1, (int)((long)within.Height * info.Width / info.Height))), within.Height)
            : null;
        return Encoded(small, quality);
    }

    /// <summary>The same picture, not turned, in so many eighths of its width and height, which costs little more than to decode it.</summary>
    /// <param name="jpeg">A complete JPEG.</param>
    /// <param name="eighths">1 to 8.</param>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    /// <returns>A JPEG and its size; null when the picture cannot be decoded.</returns>
    public static (byte[] Jpeg, PixelSize Size)? Scale(byte[] jpeg, int eighths, int quality)
    {
        ArgumentNullException.ThrowIfNull(jpeg);
        using var codec = SKCodec.Create(new SKMemoryStream(jpeg));
        using var small = codec is null ? null : Pixels(codec, codec.GetScaledDimensions(eighths / 8f));
        return Encoded(small, quality);
    }

    /// <summary>Its luminances, 0 to 255, row by row, at most <paramref name="width"/> to a row.</summary>
    /// <returns>Null when the picture cannot be decoded.</returns>
    /// <inheritdoc cref="Make"/>
    public static byte[]? Grey(byte[] jpeg, int width)
    {
        using var small = Scaled(jpeg, width);
        if (small is null)
        {
            return null;
        }

        // Weights of red, green and blue near to Rec. 601's.
        var rgba = small.GetPixelSpan();
        var grey = new byte[rgba.Length / 4];
        for (var i = 0; i < grey.Length; i++)
        {
            grey[i] = (byte)(((2 * rgba[4 * i]) + (5 * rgba[(4 * i) + 1]) + rgba[(4 * i) + 2]) / 8);
        }

        return grey;
    }

    /// <summary>All its pixels, turned as the page does.</summary>
    /// <returns>Null when the picture cannot be decoded.</returns>
    internal static SKBitmap? Decode(byte[] jpeg, Orientation orientation)
    {
        using var codec = SKCodec.Create(new SKMemoryStream(jpeg));
        var decoded = codec is null ? null : Pixels(codec, codec.Info.Size);
        if (decoded is null || orientation is { PageRotation: Rotation.Rotate0, PageHorizontalFlip: false, PageVerticalFlip: false })
        {
            return decoded;
        }

        using (decoded)
        {
            return Turned(decoded, orientation);
        }
    }

    private static (byte[] Jpeg, PixelSize Size)? Encoded(SKBitmap? picture, int quality)
    {
        using var data = picture?.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data is null ? null : (data.ToArray(), new(picture!.Width, picture.Height));
    }

    private static SKBitmap Turned(SKBitmap picture, Orientation orientation)
    {
        var quarter = orientation.PageRotation is Rotation.Rotate90 or Rotation.Rotate270;
        var turned = new SKBitmap(quarter ? picture.Info.WithSize(picture.Height, picture.Width) : picture.Info);
        using var canvas = new SKCanvas(turned);
        canvas.Translate(turned.Width / 2f, turned.Height / 2f);
        canvas.Scale(orientation.PageHorizontalFlip ? -1 : 1, orientation.PageVerticalFlip ? -1 : 1);
        canvas.RotateDegrees((int)orientation.PageRotation);
        canvas.DrawBitmap(picture, -picture.Width / 2f, -picture.Height / 2f, new SKSamplingOptions(SKFilterMode.Nearest));
        return turned;
    }

    private static SKBitmap? Scaled(byte[] jpeg, int width, int highest = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(jpeg);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        using var codec = SKCodec.Create(new SKMemoryStream(jpeg));
        if (codec is null)
        {
            return null;
        }

        // The decoder scales by eighths for next to nothing; the rest is done on few pixels.
        var half = codec.GetScaledDimensions(Math.Min(1, (float)width / codec.Info.Width));
        var near = half.Width < width ? codec.GetScaledDimensions(Math.Min(1, 2f * width / codec.Info.Width)) : half;
        using var decoded = Pixels(codec, near);
        if (decoded is null)
        {
            return null;
        }

        var height = Math.Clamp((int)Math.Round((double)codec.Info.Height * Math.Min(width, codec.Info.Width) / codec.Info.Width), 1, highest);
        return decoded.Resize(
            new SKImageInfo(Math.Min(width, codec.Info.Width), height, SKColorType.Rgba8888, SKAlphaType.Opaque), new SKSamplingOptions(SKFilterMode.Linear));
    }

    private static SKBitmap? Pixels(SKCodec codec, SKSizeI size)
    {
        var decoded = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) == SKCodecResult.Success)
        {
            return decoded;
        }

        decoded.Dispose();
        return null;
    }
}
