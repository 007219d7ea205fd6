using SkiaSharp;

namespace PiCam.Core.Stills.Stamps;

/// <summary>The picture that a stamp may have beside its text.</summary>
public static class StampLogo
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 2_000_000;

    private const int MostPixels = 4_000_000;

    /// <summary>What is wrong with it; null: nothing.</summary>
    public static InvalidValue? Check(byte[] png)
    {
        try
        {
            using var logo = Decode(png);
            return null;
        }
        catch (InvalidValueException e)
        {
            return e.Errors[0];
        }
    }

    /// <summary>The complaint about a file that was not even read.</summary>
    /// <param name="bytes">Its length.</param>
    public static InvalidValue TooLarge(long bytes) => Refusal($"{bytes} bytes");

    /// <exception cref="InvalidValueException">It is no PNG, too large or broken.</exception>
    internal static SKBitmap Decode(byte[] png)
    {
        ArgumentNullException.ThrowIfNull(png);
        if (png.Length is 0 or > MostBytes)
        {
            throw Refuse($"{png.Length} bytes");
        }

        using var codec = SKCodec.Create(new SKMemoryStream(png));
        if (codec is null || codec.EncodedFormat != SKEncodedImageFormat.Png)
        {
            throw Refuse("no PNG");
        }

        // A small file can be a huge picture.
        if ((long)codec.Info.Width * codec.Info.Height > MostPixels)
        {
            throw Refuse($"{codec.Info.Width}×{codec.Info.Height}");
        }

        var logo = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(logo.Info, logo.GetPixels()) != SKCodecResult.Success)
        {
            logo.Dispose();
            throw Refuse("broken");
        }

        return logo;
    }

    private static InvalidValueException Refuse(string value) => new(Refusal(value));

    private static InvalidValue Refusal(string value) =>
        new("logo", value, Allowed.Png($"{MostBytes / 1_000_000}", $"{MostPixels / 1_000_000}"));
}
