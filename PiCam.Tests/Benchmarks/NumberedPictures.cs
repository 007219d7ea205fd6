using SkiaSharp;

namespace PiCam.Benchmarks;

/// <summary>Pictures of 1280×720 with so much noise that a JPEG of it is as large as wanted. Each has its number in it, for eyes of a program.</summary>
internal static class NumberedPictures
{
    /// <summary>How many places a number has: white and black squares in the upper left corner, the lowest place first.</summary>
    public const int Bits = 8;

    /// <summary>The width of a square, in pixels; of an even brightness far enough from its edges.</summary>
    public const int Square = 32;

    /// <param name="count">How many, at most 256.</param>
    /// <param name="bytes">How large each is at least; they are all of the same size.</param>
    public static IReadOnlyList<byte[]> Paint(int count, int bytes)
    {
        using var noise = Noise(bytes);
        byte[][] pictures = [.. Enumerable.Range(0, count).Select(number => Paint(noise, number))];
        var longest = pictures.Max(picture => picture.Length);
        for (var number = 0; number < count; number++)
        {
            // Behind the end of a JPEG decoders do not look; whoever looks whether it is whole finds an end there, too.
            Array.Resize(ref pictures[number], longest + 3);
            (pictures[number][^3], pictures[number][^2], pictures[number][^1]) = ((byte)number, 0xFF, 0xD9);
        }

        return pictures;
    }

    /// <summary>Which of them it is, for readers without eyes.</summary>
    public static int NumberOf(ReadOnlySpan<byte> jpeg) => jpeg[^3];

    private static byte[] Paint(SKBitmap noise, int number)
    {
        using var bitmap = noise.Copy();
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint();
        for (var bit = 0; bit < Bits; bit++)
        {
            paint.Color = (number & (1 << bit)) != 0 ? SKColors.White : SKColors.Black;
            canvas.DrawRect(bit * Square, 0, Square, Square, paint);
        }

        canvas.Flush();
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
        return jpeg.ToArray();
    }

    private static SKBitmap Noise(int bytes)
    {
        var random = new Random(1);
        for (var noise = 4; ; noise += 4)
        {
            var bitmap = new SKBitmap(1280, 720);
            for (var y = 0; y < bitmap.Height; y++)
            {
                for (var x = 0; x < bitmap.Width; x++)
                {
                    var grey = (byte)((x + y) / 16 + random.Next(noise));
                    bitmap.SetPixel(x, y, new SKColor(grey, grey, grey));
                }
            }

            using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
            if (jpeg.Size >= bytes)
            {
                return bitmap;
            }

            bitmap.Dispose();
        }
    }
}
