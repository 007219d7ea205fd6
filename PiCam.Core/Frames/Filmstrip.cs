using SkiaSharp;

namespace PiCam.Core.Frames;

/// <summary>Small pictures of a film side by side, in the order of time.</summary>
public static class Filmstrip
{
    /// <summary>How many pictures it has.</summary>
    public const int Count = 10;

    /// <summary>How wide each picture is, in pixels.</summary>
    public const int Width = 160;

    private const int Quality = 70;

    /// <param name="jpegs">Pictures of one shape; where one is missing the one before stands again.</param>
    /// <returns>A JPEG; null: none of them can be decoded.</returns>
    public static byte[]? Make(IReadOnlyList<byte[]?> jpegs)
    {
        ArgumentNullException.ThrowIfNull(jpegs);
        var small = jpegs.Select(jpeg => jpeg is null ? null : JpegThumbnail.Make(jpeg, Width)).ToList();
        if (small.Find(jpeg => jpeg is not null) is not { } first)
        {
            return null;
        }

        var height = Math.Max(1, Width * SKBitmap.DecodeBounds(first).Height / SKBitmap.DecodeBounds(first).Width);
        using var strip = new SKBitmap(new SKImageInfo(Width * jpegs.Count, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(strip);
        var last = first;
        for (var i = 0; i < small.Count; i++)
        {
            last = small[i] ?? last;
            using var picture = SKImage.FromEncodedData(last);
            canvas.DrawImage(picture, SKRect.Create(i * Width, 0, Width, height), new SKSamplingOptions(SKFilterMode.Linear));
        }

        using var data = strip.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();
    }
}
