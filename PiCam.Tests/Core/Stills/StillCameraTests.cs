using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Core.Media;
using PiCam.Core.Privacy;
using PiCam.Core.Stills;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Stills;

/// <summary>From the button to the file, on a camera that the test plays and a real library.</summary>
public sealed class StillCameraTests : IAsyncLifetime
{
    private readonly FakeCamera camera = new();
    private readonly MemorySettingsStore store = new();
    private LibraryRig rig = null!;
    private CameraSession session = null!;
    private StillCamera stills = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        rig = await LibraryRig.StartAsync();
        session = new CameraSession(
            camera, new FakeSetup(), new PrivacySwitch(store, rig.Clock), store, rig.Clock, NullLogger<CameraSession>.Instance);
        var gimbal = new Gimbal(Options.Create(new GimbalOptions()), rig.Clock, NullLogger<Gimbal>.Instance, null);
        stills = new StillCamera(session, new PictureKeeper(session, gimbal, rig.Library, rig.Clock), store, rig.Clock);
        await session.StartAsync(Token);
        await Eventually.TrueAsync(
            () =>
            {
                camera.Send();
                return session.State.Condition == CameraCondition.Live;
            },
            "the camera is live",
            Token);
        camera.TakesStill = (request, _) => Task.FromResult(camera.Still(request) with { Jpeg = Jpeg(64, 48) });
    }

    public async ValueTask DisposeAsync()
    {
        await session.StopAsync(CancellationToken.None);
        session.Dispose();
        stills.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    public async Task Take_IsInTheLibraryWithHowItWasTaken()
    {
        camera.TakesStill = (request, _) => Task.FromResult(camera.Still(request) with
        {
            Jpeg = Jpeg(64, 48),
            Metadata = new FrameMetadata { ExposureTime = TimeSpan.FromMilliseconds(4), AnalogueGain = 2 },
        });

        var item = await stills.TakeAsync(Callers.Operator, null, "门廊", Token);

        Assert.Equal((MediaKind.Still, "门廊", "otto"), (item.Kind, item.Name, item.By));
        var photo = ImageMetadataReader.ReadMetadata(Path.Combine(rig.Media, item.Path)).OfType<ExifSubIfdDirectory>().Single();
        Assert.Equal((new Rational(1, 250), 200), (photo.GetRational(ExifDirectoryBase.TagExposureTime), photo.GetInt32(ExifDirectoryBase.TagIsoEquivalent)));
        Assert.Equal(rig.Clock.GetLocalNow().ToString("yyyy:MM:dd HH:mm:ss", null), photo.GetString(ExifDirectoryBase.TagDateTimeOriginal));
        Assert.Empty(stills.UnderWay);
    }

    [Fact]
    public async Task Take_SettingsOfALargerCamera_TakesTheLargestThatThereIs()
    {
        await stills.SetAsync(Callers.Operator, s => s with { Size = new(4608, 1000), Quality = 80 });

        await stills.TakeAsync(Callers.Operator, null, null, Token);

        var request = Assert.Single(camera.Stills).Request;
        Assert.Equal((new PixelSize(2592, 1000), 80), (request.Size!.Value, request.Quality));
    }

    [Fact]
    public async Task SelfTimer_RunsForEverybodyToSee_AndThePictureIsTaken()
    {
        var taking = stills.TakeAsync(Callers.Operator, new StillSettings { SelfTimer = TimeSpan.FromSeconds(10) }, null, Token);
        Assert.Equal(("otto", rig.Clock.GetUtcNow().AddSeconds(10)), (stills.UnderWay.Single().By, stills.UnderWay.Single().Until!.Value));

        rig.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(camera.Stills);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await taking;

        Assert.Single(camera.Stills);
        Assert.Empty(stills.UnderWay);
    }

    [Fact]
    public async Task SelfTimer_Stopped_TakesNothing()
    {
        var taking = stills.TakeAsync(Callers.Operator, new StillSettings { SelfTimer = TimeSpan.FromSeconds(10) }, null, Token);
        Assert.Throws<AccessRefusedException>(() => stills.StopTimers(Callers.Viewer));

        stills.StopTimers(Callers.Operator);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        Assert.Empty(camera.Stills);
        Assert.Empty(stills.UnderWay);
        await stills.TakeAsync(Callers.Operator, new StillSettings(), null, Token);
    }

    [Fact]
    public async Task Take_BrokenPicture_SaysSoAndKeepsNothing()
    {
        camera.TakesStill = (request, _) => Task.FromResult(camera.Still(request));

        var failed = await Assert.ThrowsAsync<StillFailedException>(() => stills.TakeAsync(Callers.Operator, null, null, Token));

        Assert.Equal(StillFailure.Broken, failed.Reason);
        Assert.Empty((await rig.Library.PageAsync(Callers.Viewer, new MediaQuery(), Token)).Entries);
        Assert.Empty(stills.UnderWay);
    }

    [Fact]
    public async Task Settings_OutOfRange_AreRefusedByFieldAndTheOthersKept()
    {
        await stills.SetAsync(Callers.Operator, s => s with { Quality = 70 });

        var refused = await Assert.ThrowsAsync<InvalidValueException>(
            () => stills.SetAsync(Callers.Operator, s => s with { Quality = 0, SelfTimer = TimeSpan.FromSeconds(61), Size = new(0, 5) }));

        Assert.Equal(["size", "quality", "selfTimer"], refused.Errors.Select(e => e.Field));
        await Assert.ThrowsAsync<AccessRefusedException>(() => stills.SetAsync(Callers.Viewer, s => s));
        using var restarted = new StillCamera(session, null!, store, rig.Clock);
        await restarted.StartAsync(Token);
        Assert.Equal(70, restarted.Settings.Quality);
    }

    [Fact]
    public async Task Take_Viewer_IsRefused()
    {
        await Assert.ThrowsAsync<AccessRefusedException>(() => stills.TakeAsync(Callers.Viewer, null, null, Token));

        Assert.Empty(camera.Stills);
    }

    private static byte[] Jpeg(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
