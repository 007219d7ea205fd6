using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Xmp;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Settings;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Stills;

/// <summary>What is written into a picture and its file's name, on a camera that the test plays and a real library.</summary>
public sealed class StampedStillTests : IAsyncLifetime
{
    private StillRig rig = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        rig = await StillRig.StartAsync();
        await rig.Stamp.SetAsync(Callers.Operator, s => s with { Style = new StampStyle { Height = 0.1 } });
        rig.Camera.TakesStill = (request, _) => Task.FromResult(rig.Camera.Still(request) with
        {
            Jpeg = TestPictures.Jpeg(320, 240, SKColors.Teal),
            Width = 320,
            Height = 240,
            Metadata = new FrameMetadata { ExposureTime = TimeSpan.FromMilliseconds(4), AnalogueGain = 2 },
        });
    }

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Take_StampOn_IsUprightAndSaysInItsExifHowItWasTaken()
    {
        await rig.Stamp.SetAsync(Callers.Operator, s => s with { IsOn = true });
        await rig.Name.SetAsync(Callers.Operator, "花园");
        await rig.Session.UpdateAsync(Callers.Operator, c => c with { Rotation = Rotation.Rotate90 });

        var item = await rig.Stills.TakeAsync(Callers.Operator, null, "stamped", Token);

        Assert.Equal(new PixelSize(240, 320), item.Size);
        var file = rig.File(item);
        using var picture = TestPictures.Decode(file);
        Assert.Equal((240, 320), (picture.Width, picture.Height));
        var bottom = Ink(picture, 160, 320);
        Assert.True(bottom > 50, $"{bottom} white points at the foot of the upright picture.");
        Assert.Equal(0, Ink(picture, 0, 160));
        var read = ImageMetadataReader.ReadMetadata(new MemoryStream(file));
        var (image, photo) = (read.OfType<ExifIfd0Directory>().Single(), read.OfType<ExifSubIfdDirectory>().Single());
        Assert.Equal((1, new Rational(1, 250), 200), (
            image.GetInt32(ExifDirectoryBase.TagOrientation), photo.GetRational(ExifDirectoryBase.TagExposureTime), photo.GetInt32(ExifDirectoryBase.TagIsoEquivalent)));
        Assert.Equal("花园", Described(read));
    }

    [Fact]
    public async Task Take_StampOff_IsThePictureByteForByte()
    {
        var taken = TestPictures.Jpeg(320, 240, SKColors.Teal);

        var plain = rig.File(await rig.Stills.TakeAsync(Callers.Operator, null, "plain", Token));

        Assert.True(plain.AsSpan().IndexOf(taken.AsSpan(taken.Length / 2)) > 0, "The picture's own bytes are in the file.");
    }

    [Fact]
    public async Task Take_WishOfThisPicture_WinsOverTheSetting()
    {
        var stamped = rig.File(await rig.Stills.TakeAsync(Callers.Operator, new StillSettings { Stamp = true, Description = "第一场雪" }, "on", Token));
        await rig.Stamp.SetAsync(Callers.Operator, s => s with { IsOn = true });
        var plain = rig.File(await rig.Stills.TakeAsync(Callers.Operator, new StillSettings { Stamp = false }, "off", Token));

        using var one = TestPictures.Decode(stamped);
        using var other = TestPictures.Decode(plain);
        Assert.True(Ink(one, 120, 240) > 50);
        Assert.Equal(0, Ink(other, 0, 240));
        Assert.Equal("第一场雪", Described(ImageMetadataReader.ReadMetadata(new MemoryStream(stamped))));
    }

    [Fact]
    public async Task Take_QualityOfAStampedPicture_IsTheStillsOwn()
    {
        var fine = await rig.Stills.TakeAsync(Callers.Operator, new StillSettings { Stamp = true, Quality = 100 }, "fine", Token);
        var coarse = await rig.Stills.TakeAsync(Callers.Operator, new StillSettings { Stamp = true, Quality = 20 }, "coarse", Token);

        Assert.True(coarse.Bytes < fine.Bytes / 2, $"{coarse.Bytes} of {fine.Bytes} bytes");
    }

    [Fact]
    public async Task NameTemplate_Counter_GoesOnAfterARestart()
    {
        await rig.Stills.SetAsync(Callers.Operator, s => s with { NameTemplate = "{name} image{counter:03}" });
        await rig.Name.SetAsync(Callers.Operator, "门廊");
        var names = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            names.Add((await rig.Stills.TakeAsync(Callers.Operator, null, null, Token)).Name);
            names.Add((await rig.Stills.TakeAsync(Callers.Operator, null, null, Token)).Name);
            await rig.RestartStillsAsync();
        }

        Assert.Equal(["门廊 image001", "门廊 image002", "门廊 image003", "门廊 image004"], names);
    }

    [Fact]
    public async Task NameTemplate_NumberCannotBeStored_TakesNothing()
    {
        await rig.Stills.SetAsync(Callers.Operator, s => s with { NameTemplate = "image{counter}" });
        rig.Store.BeforeSave = () => throw new IOException("The disk is full.");

        await Assert.ThrowsAsync<SettingNotStoredException>(() => rig.Stills.TakeAsync(Callers.Operator, null, null, Token));

        Assert.Empty(rig.Camera.Stills);
    }

    [Fact]
    public async Task Settings_OfTheStamp_AreKeptAndTheirFaultsNamed()
    {
        var logo = TestPictures.Logo(40, 20);
        await rig.Stamp.SetLogoAsync(Callers.Operator, logo);
        await rig.Stamp.SetAsync(Callers.Operator, s => s with { IsOn = true, Template = "{name}\n{iso}", Style = new StampStyle { Corner = StampCorner.TopRight } });
        await rig.Name.SetAsync(Callers.Operator, "Porch");

        var faults = await Assert.ThrowsAsync<InvalidValueException>(
            () => rig.Stamp.SetAsync(Callers.Operator, s => s with { Template = "{colour}", Style = new StampStyle { Height = 2 } }));
        Assert.Equal(["template", "height"], faults.Errors.Select(e => e.Field));
        Assert.Equal("logo", Assert.Single((await Assert.ThrowsAsync<InvalidValueException>(
            () => rig.Stamp.SetLogoAsync(Callers.Operator, TestPictures.Jpeg(8, 8, SKColors.Red)))).Errors).Field);
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Stamp.SetAsync(Callers.Viewer, s => s));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Stamp.SetLogoAsync(Callers.Viewer, null));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Name.SetAsync(Callers.Viewer, "Mine"));
        await Assert.ThrowsAsync<InvalidValueException>(() => rig.Name.SetAsync(Callers.Operator, " "));

        var name = new CameraName(rig.Store);
        await name.StartAsync(Token);
        var restarted = new PictureStamp(rig.Store);
        await restarted.StartAsync(Token);
        Assert.Equal(rig.Stamp.Settings, restarted.Settings);
        Assert.Equal(logo, restarted.Logo);
        Assert.Equal("Porch", name.Text);
    }

    private static string? Described(IReadOnlyList<MetadataExtractor.Directory> read) =>
        read.OfType<XmpDirectory>().Single().GetXmpProperties().Where(p => p.Key.StartsWith("dc:description[1]", StringComparison.Ordinal) && !p.Key.Contains("lang", StringComparison.Ordinal)).Select(p => p.Value).SingleOrDefault();

    /// <summary>Points as white as a stamp's letters, in some rows.</summary>
    private static int Ink(SKBitmap picture, int top, int bottom) =>
        Enumerable.Range(top, bottom - top).Sum(y => Enumerable.Range(0, picture.Width).Count(x => picture.GetPixel(x, y).Red > 200));
}
