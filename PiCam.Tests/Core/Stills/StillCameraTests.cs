using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Microsoft.Extensions.Time.Testing;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Media;
using PiCam.Core.Stills;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Stills;

/// <summary>From the button to the file, on a camera that the test plays and a real library.</summary>
public sealed class StillCameraTests : IAsyncLifetime
{
    private StillRig rig = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StillCamera Stills => rig.Stills;

    private FakeCamera Camera => rig.Camera;

    private FakeTimeProvider Clock => rig.Library.Clock;

    public async ValueTask InitializeAsync() => rig = await StillRig.StartAsync();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Take_IsInTheLibraryWithHowItWasTaken()
    {
        Camera.TakesStill = (request, _) => Task.FromResult(Camera.Still(request) with
        {
            Jpeg = LibraryRig.Jpeg(),
            Metadata = new FrameMetadata { ExposureTime = TimeSpan.FromMilliseconds(4), AnalogueGain = 2 },
        });

        var item = await Stills.TakeAsync(Callers.Operator, null, "门廊", Token);

        Assert.Equal((MediaKind.Still, "门廊", "otto"), (item.Kind, item.Name, item.By));
        var photo = ImageMetadataReader.ReadMetadata(new MemoryStream(rig.File(item))).OfType<ExifSubIfdDirectory>().Single();
        Assert.Equal((new Rational(1, 250), 200), (photo.GetRational(ExifDirectoryBase.TagExposureTime), photo.GetInt32(ExifDirectoryBase.TagIsoEquivalent)));
        Assert.Equal(Clock.GetLocalNow().ToString("yyyy:MM:dd HH:mm:ss", null), photo.GetString(ExifDirectoryBase.TagDateTimeOriginal));
        Assert.Empty(Stills.UnderWay);
    }

    [Fact]
    public async Task Take_SettingsOfALargerCamera_TakesTheLargestThatThereIs()
    {
        await Stills.SetAsync(Callers.Operator, s => s with { Size = new(4608, 1000), Quality = 80 });

        await Stills.TakeAsync(Callers.Operator, null, null, Token);

        var request = Assert.Single(Camera.Stills).Request;
        Assert.Equal((new PixelSize(2592, 1000), 80), (request.Size!.Value, request.Quality));
    }

    [Fact]
    public async Task SelfTimer_RunsForEverybodyToSee_AndThePictureIsTaken()
    {
        var taking = Stills.TakeAsync(Callers.Operator, new StillSettings { SelfTimer = TimeSpan.FromSeconds(10) }, null, Token);
        Assert.Equal(("otto", Clock.GetUtcNow().AddSeconds(10)), (Stills.UnderWay.Single().By, Stills.UnderWay.Single().Until!.Value));

        Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(Camera.Stills);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await taking;

        Assert.Single(Camera.Stills);
        Assert.Empty(Stills.UnderWay);
    }

    [Fact]
    public async Task SelfTimer_Stopped_TakesNothing()
    {
        var taking = Stills.TakeAsync(Callers.Operator, new StillSettings { SelfTimer = TimeSpan.FromSeconds(10) }, null, Token);
        Assert.Throws<AccessRefusedException>(() => Stills.StopTimers(Callers.Viewer));

        Stills.StopTimers(Callers.Operator);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        Assert.Empty(Camera.Stills);
        Assert.Empty(Stills.UnderWay);
        await Stills.TakeAsync(Callers.Operator, new StillSettings(), null, Token);
    }

    [Fact]
    public async Task Take_BrokenPicture_SaysSoAndKeepsNothing()
    {
        Camera.TakesStill = (request, _) => Task.FromResult(Camera.Still(request));

        var failed = await Assert.ThrowsAsync<StillFailedException>(() => Stills.TakeAsync(Callers.Operator, null, null, Token));

        Assert.Equal(StillFailure.Broken, failed.Reason);
        Assert.Empty((await rig.Library.Library.PageAsync(Callers.Viewer, new MediaQuery(), Token)).Entries);
        Assert.Empty(Stills.UnderWay);
    }

    [Fact]
    public async Task Settings_OutOfRange_AreRefusedByFieldAndTheOthersKept()
    {
        await Stills.SetAsync(Callers.Operator, s => s with { Quality = 70 });

        var refused = await Assert.ThrowsAsync<InvalidValueException>(
            () => Stills.SetAsync(Callers.Operator, s => s with { Quality = 0, SelfTimer = TimeSpan.FromSeconds(61), Size = new(0, 5) }));

        Assert.Equal(["size", "quality", "selfTimer"], refused.Errors.Select(e => e.Field));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Stills.SetAsync(Callers.Viewer, s => s));
        await rig.RestartStillsAsync();
        Assert.Equal(70, Stills.Settings.Quality);
    }

    [Fact]
    public async Task Take_Viewer_IsRefused()
    {
        await Assert.ThrowsAsync<AccessRefusedException>(() => Stills.TakeAsync(Callers.Viewer, null, null, Token));

        Assert.Empty(Camera.Stills);
    }
}
