using SkiaSharp;

namespace PiCam.Core.Frames;

/// <summary>Makes small pictures of large ones.</summary>
public static class JpegThumbnail
{
    private const int Quality = 75;

    /// <summary>The same picture, at most <paramref name="width"/> wide.</summary>
    /// <param name="jpeg">A complete JPEG.</param>
    /// <param name="width">Pixels, above 0.</param>
    /// <returns>A JPEG; null when the picture cannot be decoded.</returns>
    public static byte[]? Make(byte[] jpeg, int width)
    {
        using var small = Scaled(jpeg, width);
        using var data = small?.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data?.ToArray();
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

    private static SKBitmap? Scaled(byte[] jpeg, int width)
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
        using var decoded = new SKBitmap(new SKImageInfo(near.Width, near.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) != SKCodecResult.Success)
        {
            return null;
        }

        var height = Math.Max(1, (int)Math.Round((double)codec.Info.Height * Math.Min(width, codec.Info.Width) / codec.Info.Width));
        return decoded.Resize(
            new SKImageInfo(Math.Min(width, codec.Info.Width), height, SKColorType.Rgba8888, SKAlphaType.Opaque), new SKSamplingOptions(SKFilterMode.Linear));
    }
}
