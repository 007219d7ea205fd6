using System.Text;
using CsCheck;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Xmp;
using PiCam.Core.Stills;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Stills;

/// <summary>What is written is read back by somebody else's reader.</summary>
public sealed class ExifTests
{
    private static readonly byte[] Jpeg = Encode();

    private static readonly ExifFields Full = new()
    {
        TakenAt = new DateTimeOffset(2026, 11, 23, 22, 58, 1, 250, TimeSpan.FromHours(8)),
        ExposureTime = TimeSpan.FromSeconds(1 / 250.0),
        Iso = 200,
        ExposureBias = -0.33,
        IsManualExposure = true,
        IsManualWhiteBalance = false,
        FocalLength = 3.6,
        FNumber = 2.9,
        SubjectDistance = 1.5,
        Make = "Raspberry Pi",
        Model = "OV5647",
        Software = "PiCam 1.0",
        Description = "门廊的晚上",
        Orientation = 3,
        Width = 64,
        Height = 48,
        Pan = -12.5,
        Tilt = 7.25,
    };

    [Fact]
    public void Write_EveryField_IsReadBack()
    {
        var directories = Read(Exif.Write(Jpeg, Full));
        var image = directories.OfType<ExifIfd0Directory>().Single();
        var photo = directories.OfType<ExifSubIfdDirectory>().Single();

        Assert.Empty(directories.SelectMany(d => d.Errors));
        Assert.Equal("2026:11:23 22:58:01", photo.GetString(ExifDirectoryBase.TagDateTimeOriginal));
        Assert.Equal(("+08:00", "250"), (photo.GetString(0x9011), photo.GetString(ExifDirectoryBase.TagSubsecondTimeOriginal)));
        Assert.Equal(new Rational(1, 250), photo.GetRational(ExifDirectoryBase.TagExposureTime));
        Assert.Equal(200, photo.GetInt32(ExifDirectoryBase.TagIsoEquivalent));
        Assert.Equal(-0.33, photo.GetDouble(ExifDirectoryBase.TagExposureBias), 3);
        Assert.Equal((1, 0), (photo.GetInt32(ExifDirectoryBase.TagExposureMode), photo.GetInt32(ExifDirectoryBase.TagWhiteBalanceMode)));
        Assert.Equal((new Rational(18, 5), new Rational(29, 10), new Rational(3, 2)), (photo.GetRational(ExifDirectoryBase.TagFocalLength).GetSimplifiedInstance(), photo.GetRational(ExifDirectoryBase.TagFNumber).GetSimplifiedInstance(), photo.GetRational(ExifDirectoryBase.TagSubjectDistance).GetSimplifiedInstance()));
        Assert.Equal(("Raspberry Pi", "OV5647", "PiCam 1.0"), (image.GetString(ExifDirectoryBase.TagMake), image.GetString(ExifDirectoryBase.TagModel), image.GetString(ExifDirectoryBase.TagSoftware)));
        Assert.Equal(3, image.GetInt32(ExifDirectoryBase.TagOrientation));
        Assert.Equal("门廊的晚上", photo.GetDescription(ExifDirectoryBase.TagUserComment));
        Assert.Null(image.GetString(ExifDirectoryBase.TagImageDescription));
        Assert.Equal(7.25, photo.GetDouble(0x9405), 3);
        var xmp = directories.OfType<XmpDirectory>().Single().GetXmpProperties();
        Assert.Equal(("-12.5", "7.25"), (xmp["picam:Pan"], xmp["picam:Tilt"]));
    }

    [Fact]
    public void Write_DescriptionInAscii_IsWhereEveryViewerLooks() =>
        Assert.Equal("Porch", Read(Exif.Write(Jpeg, Full with { Description = "Porch" })).OfType<ExifIfd0Directory>().Single().GetString(ExifDirectoryBase.TagImageDescription));

    [Fact]
    public void Write_Twice_ReplacesAndLeavesThePictureAlone()
    {
        var once = Exif.Write(Jpeg, Full);
        var twice = Exif.Write(once, Full with { Iso = 800, Pan = null, Tilt = null });

        var directories = Read(twice);
        Assert.Equal(800, directories.OfType<ExifSubIfdDirectory>().Single().GetInt32(ExifDirectoryBase.TagIsoEquivalent));
        Assert.Empty(directories.OfType<XmpDirectory>());
        Assert.Equal(Pixels(Jpeg), Pixels(twice));
        Assert.Equal(Exif.Write(Jpeg, Full), Exif.Write(twice, Full));
    }

    [Fact]
    public void Write_AnyExposure_IsExact() => Gen.Long[1, 40L * 24 * 3600 * TimeSpan.TicksPerSecond].Sample(ticks =>
    {
        var time = TimeSpan.FromTicks(ticks);
        var ratio = Read(Exif.Write(Jpeg, Full with { ExposureTime = time })).OfType<ExifSubIfdDirectory>().Single().GetRational(ExifDirectoryBase.TagExposureTime);

        Assert.InRange(ratio.ToDouble() / time.TotalSeconds, 1 - 1e-6, 1 + 1e-6);
    });

    // Decoded here: the reader takes a first character such as U+0900 for a part of the name before it.
    [Fact]
    public void Write_AnyText_IsThereOrCutOff() => Gen.String[Gen.Char['\u0020', '\uD7FF'], 1, 3000].Sample(text =>
    {
        var comment = Read(Exif.Write(Jpeg, Full with { Description = text })).OfType<ExifSubIfdDirectory>().Single().GetByteArray(ExifDirectoryBase.TagUserComment)!;

        Assert.Equal("UNICODE\0", Encoding.ASCII.GetString(comment, 0, 8));
        Assert.Equal(text[..Math.Min(text.Length, 2000)], Encoding.Unicode.GetString(comment[8..]));
    });

    [Fact]
    public void Write_AnyGarbage_IsRefusedOrLeftWhole() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        byte[] jpeg = [0xFF, 0xD8, .. bytes];
        try
        {
            Assert.True(Exif.Write(jpeg, Full).Length > jpeg.Length / 2);
        }
        catch (InvalidDataException refused)
        {
            Assert.Contains("JPEG", refused.Message, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Write_NoJpeg_IsRefused() => Assert.Throws<InvalidDataException>(() => Exif.Write("GIF89a"u8.ToArray(), Full));

    private static IReadOnlyList<MetadataExtractor.Directory> Read(byte[] jpeg) => ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg));

    private static byte[] Encode()
    {
        using var bitmap = new SKBitmap(64, 48);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.SteelBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    // Upright or not: as they are stored.
    private static byte[] Pixels(byte[] jpeg)
    {
        using var codec = SKCodec.Create(new SKMemoryStream(jpeg));
        using var bitmap = new SKBitmap(codec.Info);
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels()));
        return bitmap.GetPixelSpan().ToArray();
    }
}
