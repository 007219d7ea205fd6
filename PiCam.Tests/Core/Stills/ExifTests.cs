using System.Diagnostics;
using System.Globalization;
using CsCheck;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Xmp;
using PiCam.Core;
using PiCam.Core.Gimbals;
using PiCam.Core.Stills;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Stills;

/// <summary>What <see cref="Exif"/> writes, read by programs that PiCam has no part in.</summary>
public sealed class ExifTests
{
    private const int WinTitle = ExifDirectoryBase.TagWinTitle;

    private static readonly byte[] Jpeg = TestPictures.Gradient(64, 48);

    private static readonly ExifFields All = new()
    {
        TakenAt = new DateTimeOffset(2026, 11, 23, 18, 5, 9, 37, TimeSpan.FromHours(8)),
        ExposureTime = TimeSpan.FromMicroseconds(4000),
        Iso = 200,
        FNumber = 2.9,
        FocalLength = 3.6,
        FocalLengthIn35Millimetres = 36,
        Make = "Raspberry Pi",
        Model = "ov5647",
        Software = "PiCam 0.1.0",
        Description = "花园里的鸟\nGarden, 上海",
        IsExposureAutomatic = false,
        IsWhiteBalanceAutomatic = true,
        ExposureBias = -1 / 3d,
        LensPosition = 2,
        Orientation = 6,
        Aim = new PanTilt(-12.5, 30.25),
    };

    [Fact]
    public void Write_EveryField_IsReadBack()
    {
        var read = Read(Exif.Write(Jpeg, All));
        var (image, photo) = (read.OfType<ExifIfd0Directory>().Single(), read.OfType<ExifSubIfdDirectory>().Single());

        Assert.Equal("2026:11:23 18:05:09", photo.GetString(ExifDirectoryBase.TagDateTimeOriginal));
        Assert.Equal("2026:11:23 18:05:09", photo.GetString(ExifDirectoryBase.TagDateTimeDigitized));
        Assert.Equal("2026:11:23 18:05:09", image.GetString(ExifDirectoryBase.TagDateTime));
        Assert.All([0x9010, 0x9011, 0x9012], tag => Assert.Equal("+08:00", photo.GetString(tag)));
        Assert.All([0x9290, 0x9291, 0x9292], tag => Assert.Equal("037", photo.GetString(tag)));
        Assert.Equal(new Rational(1, 250), photo.GetRational(ExifDirectoryBase.TagExposureTime));
        Assert.Equal(200, photo.GetInt32(ExifDirectoryBase.TagIsoEquivalent));
        Assert.Equal(new Rational(29, 10), photo.GetRational(ExifDirectoryBase.TagFNumber));
        Assert.Equal(new Rational(18, 5), photo.GetRational(ExifDirectoryBase.TagFocalLength));
        Assert.Equal(36, photo.GetInt32(ExifDirectoryBase.Tag35MMFilmEquivFocalLength));
        Assert.Equal("Raspberry Pi", image.GetString(ExifDirectoryBase.TagMake));
        Assert.Equal("ov5647", image.GetString(ExifDirectoryBase.TagModel));
        Assert.Equal("PiCam 0.1.0", image.GetString(ExifDirectoryBase.TagSoftware));
        Assert.Equal("Manual exposure", photo.GetDescription(ExifDirectoryBase.TagExposureMode));
        Assert.Equal("Auto white balance", photo.GetDescription(ExifDirectoryBase.TagWhiteBalanceMode));
        Assert.Equal(new Rational(-1, 3), photo.GetRational(ExifDirectoryBase.TagExposureBias));
        Assert.Equal(new Rational(1, 2), photo.GetRational(ExifDirectoryBase.TagSubjectDistance));
        Assert.Equal(6, image.GetInt32(ExifDirectoryBase.TagOrientation));
        Assert.Equal((64, 48), (photo.GetInt32(ExifDirectoryBase.TagExifImageWidth), photo.GetInt32(ExifDirectoryBase.TagExifImageHeight)));
        Assert.All(read, directory => Assert.Empty(directory.Errors));
    }

    [Fact]
    public void Write_DescriptionInChinese_IsWholeWhereverReadersLook()
    {
        var read = Read(Exif.Write(Jpeg, All));
        var image = read.OfType<ExifIfd0Directory>().Single();

        Assert.Equal(All.Description, Comment(read));
        Assert.Equal(All.Description, image.GetDescription(WinTitle));
        Assert.Equal(All.Description, Xmp(read)["dc:description[1]"]);
        Assert.False(image.ContainsTag(ExifDirectoryBase.TagImageDescription));
    }

    [Fact]
    public void Write_DescriptionInAscii_IsImageDescriptionToo()
    {
        var read = Read(Exif.Write(Jpeg, new ExifFields { Description = "Garden" }));

        Assert.Equal("Garden", read.OfType<ExifIfd0Directory>().Single().GetString(ExifDirectoryBase.TagImageDescription));
        Assert.Equal("Garden", Comment(read));
    }

    [Fact]
    public void Write_Aim_IsInPiCamsOwnNames()
    {
        var xmp = Xmp(Read(Exif.Write(Jpeg, All)));

        Assert.Equal("-12.5", xmp["picam:PanDegrees"]);
        Assert.Equal("30.25", xmp["picam:TiltDegrees"]);
    }

    [Theory]
    [InlineData(14, 1, 71429)]
    [InlineData(4000, 1, 250)]
    [InlineData(33333, 1, 30)]
    [InlineData(40011, 40011, 1000000)]
    [InlineData(1_000_000, 1, 1)]
    [InlineData(2_500_000, 5, 2)]
    [InlineData(6_000_000, 6, 1)]
    [InlineData(670_740_123, 670_740_123, 1_000_000)]
    public void Write_ExposureTime_IsAFractionThatPeopleRead(double microseconds, long numerator, long denominator)
    {
        var written = Exif.Write(Jpeg, new ExifFields { ExposureTime = TimeSpan.FromMicroseconds(microseconds) });

        Assert.Equal(new Rational(numerator, denominator), Read(written).OfType<ExifSubIfdDirectory>().Single().GetRational(ExifDirectoryBase.TagExposureTime));
    }

    [Fact]
    public void Write_FocusAtInfinity_SaysInfinity()
    {
        var read = Read(Exif.Write(Jpeg, new ExifFields { LensPosition = 0 })).OfType<ExifSubIfdDirectory>().Single();

        Assert.Equal(uint.MaxValue, read.GetRational(ExifDirectoryBase.TagSubjectDistance).Numerator);
    }

    [Fact]
    public void Write_AnyFields_AreReadBackAndTheRestStaysByteForByte()
    {
        var text = Gen.String[Gen.Char, 0, 60];
        Gen.Select(
            Gen.Double[1e-5, 4000], Gen.Int[1, 65535], Gen.Double[-8, 8], Gen.Double[0, 32], text, Gen.Int[1, 8], Gen.Double[-180, 180],
            Gen.Long[0, 3_155_000_000_000_000_000], (seconds, iso, bias, dioptres, description, orientation, pan, ticks) => new ExifFields
            {
                ExposureTime = TimeSpan.FromSeconds(seconds),
                Iso = iso,
                ExposureBias = bias,
                LensPosition = dioptres,
                Description = description,
                Orientation = orientation,
                Aim = new(pan, -pan),
                TakenAt = new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(ticks % 1600 - 800)),
            }).Where(f => f.TakenAt is { Year: > 1 and < 9999 }).Sample(
            fields =>
            {
                var written = Exif.Write(Jpeg, fields);
                var read = Read(written);
                var (image, photo) = (read.OfType<ExifIfd0Directory>().Single(), read.OfType<ExifSubIfdDirectory>().Single());

                Assert.Equal(fields.ExposureTime!.Value.TotalSeconds, photo.GetRational(ExifDirectoryBase.TagExposureTime).ToDouble(), 0.6e-6);
                Assert.Equal(fields.Iso, photo.GetInt32(ExifDirectoryBase.TagIsoEquivalent));
                Assert.Equal(fields.ExposureBias!.Value, photo.GetRational(ExifDirectoryBase.TagExposureBias).ToDouble(), 0.0011);
                Assert.Equal(fields.Orientation, image.GetInt32(ExifDirectoryBase.TagOrientation));
                Assert.Equal(fields.Aim!.Value.Pan, double.Parse(Xmp(read)["picam:PanDegrees"], CultureInfo.InvariantCulture), 0.0051);
                Assert.Equal(
                    fields.TakenAt!.Value.ToString("yyyy:MM:dd HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
                    photo.GetString(ExifDirectoryBase.TagDateTimeOriginal) + "." + photo.GetString(0x9291) + photo.GetString(0x9011));
                Assert.Equal(Plain(fields.Description!), Plain(Comment(read) ?? ""));
                Assert.Equal(Jpeg, WithoutMetadata(written));
            },
            iter: LongRun.Count(1000) * 10);
    }

    [Fact]
    public void Write_Twice_LeavesTheLatterAlone()
    {
        var once = Exif.Write(Jpeg, All);
        var twice = Exif.Write(Exif.Write(Jpeg, All with { Model = "another", Aim = null, Description = "longer and longer" }), All);

        Assert.Equal(once, twice);
    }

    [Fact]
    public void Write_OtherSegmentsAndTrailingBytes_Stay()
    {
        byte[] comment = [0xFF, 0xFE, 0, 7, .. "hello"u8];
        byte[] other = [0xFF, 0xE1, 0, 7, .. "other"u8];
        byte[] rich = [.. Jpeg[..2], .. other, .. comment, .. Jpeg[2..], 1, 2, 3];

        var written = Exif.Write(rich, All);

        Assert.Equal(rich, WithoutMetadata(written));
    }

    [Fact]
    public async Task Write_Picture_DecodesToTheSamePixels()
    {
        using var folder = new TemporaryFolder();
        var (plain, tagged) = (Path.Combine(folder.Path, "plain.jpg"), Path.Combine(folder.Path, "tagged.jpg"));
        await File.WriteAllBytesAsync(plain, Jpeg, TestContext.Current.CancellationToken);
        var written = Exif.Write(Jpeg, All with { Orientation = 1 });
        await File.WriteAllBytesAsync(tagged, written, TestContext.Current.CancellationToken);

        Assert.Equal(await FfmpegHashAsync(plain), await FfmpegHashAsync(tagged));
        using var before = TestPictures.Decode(Jpeg);
        using var after = TestPictures.Decode(written);
        Assert.Equal(before.Bytes, after.Bytes);
    }

    [Fact]
    public void Write_Orientation_IsWhatDecodersSee() => Assert.All(Enumerable.Range(1, 8), orientation =>
    {
        using var codec = SKCodec.Create(new SKMemoryStream(Exif.Write(Jpeg, new ExifFields { Orientation = orientation })));
        Assert.Equal(orientation, (int)codec.EncodedOrigin);
    });

    [Fact]
    public void Write_CutOffAnywhere_IsRefusedInWords()
    {
        var written = Exif.Write(Jpeg, All);

        Assert.All(Enumerable.Range(0, written.Length - 1), length => Assert.Throws<InvalidDataException>(() => Exif.Write(written[..length], All)));
    }

    [Fact]
    public void Write_AnyBytes_IsRefusedOrWritten() => Gen.Select(Gen.Int[0, Jpeg.Length - 1], Gen.Byte).Sample((at, value) =>
    {
        var damaged = Jpeg.ToArray();
        damaged[at] = value;
        try
        {
            Assert.True(Exif.Write(damaged, All).Length > damaged.Length);
        }
        catch (InvalidDataException e)
        {
            Assert.Contains("JPEG", e.Message, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Write_ValuesThatDoNotFit_AreAllNamed()
    {
        var wrong = new ExifFields
        {
            ExposureTime = TimeSpan.Zero,
            Iso = 0,
            FNumber = double.NaN,
            Orientation = 9,
            Model = "相机",
            Software = " ",
            Description = new string('x', 2001),
            Aim = new(0, double.PositiveInfinity),
        };

        var error = Assert.Throws<InvalidValueException>(() => Exif.Write(Jpeg, wrong));

        Assert.Equal(["exposureTime", "iso", "fNumber", "orientation", "tilt", "model", "software", "description"], error.Errors.Select(e => e.Field));
    }

    [Fact]
    public void Write_LongestTexts_FitTheirSegments()
    {
        var name = new string('&', ExifFields.LongestName);
        var description = string.Concat(Enumerable.Repeat("\"", ExifFields.LongestDescription));

        var read = Read(Exif.Write(Jpeg, new ExifFields { Make = name, Model = name, Software = name, Description = description }));

        Assert.Equal(description, Comment(read));
        Assert.Equal(description, Xmp(read)["dc:description[1]"]);
    }

    private static List<MetadataExtractor.Directory> Read(byte[] jpeg) => [.. ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg))];

    private static string? Comment(IEnumerable<MetadataExtractor.Directory> read) =>
        read.OfType<ExifSubIfdDirectory>().Single().GetDescription(ExifDirectoryBase.TagUserComment);

    private static IDictionary<string, string> Xmp(IEnumerable<MetadataExtractor.Directory> read) =>
        read.OfType<XmpDirectory>().Single().GetXmpProperties();

    // What cannot be in XML or at a text's ends is not written.
    private static string Plain(string text) =>
        string.Concat(text.EnumerateRunes().Where(r => !System.Text.Rune.IsControl(r) && !System.Text.Rune.IsWhiteSpace(r)))
            .Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');

    /// <summary>The file without Exif and XMP, taken out by their marks.</summary>
    private static byte[] WithoutMetadata(byte[] jpeg)
    {
        foreach (var mark in (byte[][])[[.. "Exif\0\0"u8], [.. "http://ns.adobe.com/xap/1.0/\0"u8]])
        {
            var at = jpeg.AsSpan().IndexOf(mark) - 4;
            if (at >= 0)
            {
                jpeg = [.. jpeg[..at], .. jpeg[(at + 2 + (jpeg[at + 2] << 8) + jpeg[at + 3])..]];
            }
        }

        return jpeg;
    }

    private static async Task<string> FfmpegHashAsync(string path)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["-nostdin", "-loglevel", "error", "-xerror", "-i", "file:" + path, "-f", "md5", "-"])
        {
            start.ArgumentList.Add(argument);
        }

        using var ffmpeg = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg does not start.");
        var hash = await ffmpeg.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, ffmpeg.ExitCode);
        return hash;
    }
}
