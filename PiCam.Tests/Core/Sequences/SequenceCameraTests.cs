using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Core.Sequences;
using PiCam.Core.Stills;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;
using static PiCam.Tests.Core.Sequences.SequenceRig;

namespace PiCam.Tests.Core.Sequences;

/// <summary>From the request to the files, on a camera that the test plays and a real library.</summary>
public sealed class SequenceCameraTests : IAsyncLifetime
{
    private readonly FakeCamera camera = new();
    private readonly byte[] jpeg = LibraryRig.Jpeg();
    private SequenceRig rig = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SequenceCamera Sequences => rig.Sequences;

    public async ValueTask InitializeAsync() => rig = await SequenceRig.StartWithStillsAsync(camera);

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task BurstOfStream_KeepsEveryFrameInOrderByItsCounter()
    {
        var begun = Sequences.Start(Callers.Operator, new SequenceRequest { Count = 12, Name = "image{counter:02}.jpg" });
        await Eventually.TrueAsync(() => rig.Session.Frames.Wanted, "the burst waits for frames", Token);
        for (byte i = 0; i < 14; i++)
        {
            camera.Send(LibraryRig.Jpeg(colour: new SKColor((byte)(i * 16), 0, 0)));
        }

        var ended = await rig.EndAsync(begun);

        Assert.Equal((SequencePhase.Done, 12, 12, 0), (ended.Phase, ended.Taken, ended.Kept, ended.Lost));
        var pictures = await rig.PicturesAsync(begun);
        Assert.Equal(Enumerable.Range(1, 12).Select(n => $"image{n:00}"), pictures.Select(p => p.Name));
        Assert.All(pictures, p => Assert.Equal((MediaKind.Burst, "otto"), (p.Kind, p.By)));
        var reds = pictures.Select(p =>
        {
            using var picture = SKBitmap.Decode(Path.Combine(rig.Library.Media, p.Path));
            return (int)picture.GetPixel(5, 5).Red;
        }).ToList();
        Assert.Equal(reds.Order(), reds);
        Assert.Equal(12, reds.Distinct().Count());
        Assert.False(rig.Session.Frames.Wanted);
    }

    [Fact]
    public async Task BurstOfStream_FramesBetweenThatNobodyRead_AreSkippedNotLost()
    {
        var begun = Sequences.Start(Callers.Operator, new SequenceRequest { Count = 3 });
        await Eventually.TrueAsync(() => rig.Session.Frames.Wanted, "the burst waits for frames", Token);
        camera.Send(jpeg);
        camera.Dropped = 8;
        camera.Send(jpeg);
        camera.Send(jpeg);

        var ended = await rig.EndAsync(begun);

        Assert.Equal((SequencePhase.Done, 3, 0, 8), (ended.Phase, ended.Kept, ended.Lost, ended.Skipped));
    }

    [Fact]
    public async Task BurstOfStream_SlowDisk_HoldsThemInMemoryAndLosesNone()
    {
        var taken = new TaskCompletionSource();
        rig.Library.Files.Pause = taken.Task;
        var begun = Sequences.Start(Callers.Operator, new SequenceRequest { Count = 40 });
        await Eventually.TrueAsync(() => rig.Session.Frames.Wanted, "the burst waits for frames", Token);
        for (var i = 0; i < 40; i++)
        {
            camera.Send(jpeg);
        }

        await Eventually.TrueAsync(() => Sequences.Running?.Phase == SequencePhase.Keeping, "all are taken", Token);
        Assert.Equal((40, 0), (Sequences.Running!.Taken, Sequences.Running.Kept));
        taken.SetResult();

        var ended = await rig.EndAsync(begun);
        Assert.Equal((SequencePhase.Done, 40, 0), (ended.Phase, ended.Kept, ended.Lost));
    }

    [Fact]
    public async Task BurstOfStills_TakesThemAsAskedOneAfterTheOther()
    {
        var still = new StillSettings { Size = new(640, 480), Quality = 70, WarmUp = TimeSpan.FromSeconds(1) };

        var ended = await rig.EndAsync(Sequences.Start(Callers.Operator, new SequenceRequest { Count = 3, Rate = SequenceRate.Still, Still = still }));

        Assert.Equal((SequencePhase.Done, 3), (ended.Phase, ended.Kept));
        Assert.Equal(
            Enumerable.Repeat((new PixelSize(640, 480), 70), 3), camera.Stills.Select(s => (s.Request.Size!.Value, s.Request.Quality)));
        Assert.Equal([true, false, false], camera.Stills.Select(s => s.Request.WarmUp is not null));
    }

    [Fact]
    public async Task Bracket_AroundAutomaticExposure_DiffersByTheStepAndLeavesTheLivePictureAlone()
    {
        var applied = camera.Applied.Count;

        var begun = Sequences.Start(Callers.Operator, Bracket);
        var ended = await rig.EndAsync(begun);

        Assert.Equal([-1, 0, 1], ended.Steps.Select(s => Math.Round(s.ReachedStops!.Value, 2)));
        var pictures = await rig.PicturesAsync(begun);
        Assert.Equal(pictures.Select(p => p.Id), ended.Steps.Select(s => s.MediaId));
        Assert.Equal([5, 10, 20], pictures.Select(p => Math.Round(1000 * Photo(p).GetRational(ExifDirectoryBase.TagExposureTime).ToDouble(), 2)));
        Assert.All(pictures, p => Assert.Equal((MediaKind.Bracket, 2), (p.Kind, Photo(p).GetInt32(ExifDirectoryBase.TagExposureMode))));
        Assert.Equal((applied, CameraControls.Automatic), (camera.Applied.Count, rig.Session.State.Asked));
    }

    [Fact]
    public async Task Bracket_LockedExposure_LiesAroundIt()
    {
        await rig.Session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = TimeSpan.FromMilliseconds(2), AnalogueGain = 4, ColourGains = new(2, 1) });
        await Eventually.TrueAsync(
            () =>
            {
                camera.Send(jpeg);
                return rig.Session.State.Actual!.AnalogueGain == 4;
            },
            "the exposure is in force",
            Token);

        var ended = await rig.EndAsync(Sequences.Start(Callers.Operator, Bracket with { Step = 2 }));

        Assert.Equal([0.5, 2, 8], ended.Steps.Select(s => s.Loan.ExposureTime!.Value.TotalMilliseconds));
        Assert.All(camera.Stills, s => Assert.Equal(4, s.Request.Loan!.AnalogueGain));
    }

    [Fact]
    public async Task Focus_MovesTheLensOfEachPicture()
    {
        var begun = Sequences.Start(Callers.Operator, new SequenceRequest { Kind = SequenceKind.Focus, Count = 3, From = 0, To = 10 });
        var ended = await rig.EndAsync(begun);

        Assert.Equal(SequencePhase.Done, ended.Phase);
        Assert.Equal([0, 5, 10], camera.Stills.Select(s => s.Request.Loan!.LensPosition!.Value));
        var pictures = await rig.PicturesAsync(begun);
        Assert.All(pictures, p => Assert.Equal(MediaKind.Focus, p.Kind));
        Assert.Equal(0.2, Photo(pictures[1]).GetRational(ExifDirectoryBase.TagSubjectDistance).ToDouble(), 3);
    }

    [Fact]
    public async Task Stop_InTheMiddle_KeepsWhatWasTaken()
    {
        var begun = Sequences.Start(Callers.Operator, new SequenceRequest { Count = 100 });
        await Eventually.TrueAsync(
            () =>
            {
                camera.Send(jpeg);
                return Sequences.Running!.Kept > 2;
            },
            "some are kept",
            Token);

        Assert.Throws<AccessRefusedException>(() => Sequences.Stop(Callers.Viewer, begun.Id));
        Sequences.Stop(Callers.Operator, begun.Id);

        var ended = await rig.EndAsync(begun);
        Assert.Equal((SequencePhase.Stopped, 0), (ended.Phase, ended.Lost));
        Assert.InRange(ended.Kept, 3, 99);
        Assert.Equal(ended.Taken, (await rig.PicturesAsync(begun)).Length);
        Sequences.Stop(Callers.Operator, begun.Id);
    }

    [Fact]
    public async Task Lost_InTheMiddle_KeepsWhatWasTakenAndSaysWhy()
    {
        var begun = Sequences.Start(Callers.Operator, new SequenceRequest { Count = 100 });
        await Eventually.TrueAsync(() => rig.Session.Frames.Wanted, "the burst waits for frames", Token);
        camera.Send(jpeg);
        camera.Send(jpeg);
        camera.Lose("The cable came off.");

        var ended = await rig.EndAsync(begun);

        Assert.Equal((SequencePhase.Failed, "The cable came off.", 2), (ended.Phase, ended.Reason!.English, ended.Kept));
        Assert.Equal(2, (await rig.PicturesAsync(begun)).Length);
    }

    [Fact]
    public async Task Bracket_CameraFailsInTheMiddle_SaysWhyAndTheNextOneIsTaken()
    {
        var still = camera.TakesStill!;
        camera.TakesStill = (request, token) =>
            camera.Stills.Count == 2 ? Task.FromException<PiCam.Core.Frames.Frame>(new StillFailedException(StillFailure.Failed("no memory"))) : still(request, token);

        var ended = await rig.EndAsync(Sequences.Start(Callers.Operator, Bracket));

        Assert.Equal((SequencePhase.Failed, StillFailure.Failed("no memory"), 1), (ended.Phase, ended.Reason, ended.Kept));
        Assert.Equal([true, false, false], ended.Steps.Select(s => s.MediaId is not null));
        Assert.Equal(SequencePhase.Done, (await rig.EndAsync(Sequences.Start(Callers.Operator, Bracket))).Phase);
    }

    [Fact]
    public async Task Burst_DiskThatTakesNoMore_EndsAndCountsWhatItCouldNotKeep()
    {
        var begun = Sequences.Start(Callers.Operator, new SequenceRequest { Count = 5 });
        await Eventually.TrueAsync(() => rig.Session.Frames.Wanted, "the burst waits for frames", Token);
        rig.Library.Files.Trouble = new MediaStorageException(MediaFault.Full);
        for (var i = 0; i < 5; i++)
        {
            camera.Send(jpeg);
        }

        var ended = await rig.EndAsync(begun);

        Assert.Equal((SequencePhase.Failed, MediaFault.Full, 0), (ended.Phase, ended.Reason, ended.Kept));
        Assert.Equal(ended.Taken, ended.Lost);
    }

    [Fact]
    public async Task SelfTimer_RunsBeforeItAndCanBeStopped()
    {
        var begun = Sequences.Start(
            Callers.Operator, new SequenceRequest { Rate = SequenceRate.Still, Still = new() { SelfTimer = TimeSpan.FromSeconds(60) } });
        Assert.Equal((SequencePhase.Waiting, begun.StartedAt.AddSeconds(60)), (begun.Phase, begun.Until!.Value));

        Sequences.Stop(Callers.Operator, begun.Id);

        Assert.Equal((SequencePhase.Stopped, 0), ((await rig.EndAsync(begun)).Phase, camera.Stills.Count));
    }

    [Fact]
    public async Task Privacy_SwitchedOnInTheMiddle_EndsIt()
    {
        var begun = Sequences.Start(Callers.Operator, new SequenceRequest());
        await Eventually.TrueAsync(() => rig.Session.Frames.Wanted, "the burst waits for frames", Token);

        await rig.Privacy.SetAsync(Callers.Operator, true);

        Assert.Equal((SequencePhase.Failed, 0), ((await rig.EndAsync(begun)).Phase, (await rig.PicturesAsync(begun)).Length));
    }

    private ExifSubIfdDirectory Photo(MediaItem item) =>
        ImageMetadataReader.ReadMetadata(Path.Combine(rig.Library.Media, item.Path)).OfType<ExifSubIfdDirectory>().Single();
}
