using Microsoft.Extensions.Time.Testing;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Core.Recordings;
using PiCam.Core.Stills.Stamps;
using PiCam.Tests.Core.Recordings;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Recordings;

/// <summary>What is in the files, by ffprobe: every frame that came, at its own time.</summary>
public sealed class RecorderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recording_OfUnevenFrames_HasEachOneAtItsTimeFromBeforeTheButton()
    {
        await using var rig = await RecordingRig.StartAsync();
        await rig.SendAsync(RecordingRig.Times(100, 300));

        // The ring reaches 5 s back; then the rate changes, and the camera stalls for three seconds.
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync([.. RecordingRig.Times(110, 20, 0.1), .. RecordingRig.Times(115.05, 30, 1 / 60.0)]);
        var item = Assert.Single(await rig.StopAsync());

        var expected = rig.Sent.Where(time => time >= rig.Sent[299] - TimeSpan.FromSeconds(5)).ToList();
        var times = await PacketProbe.TimesAsync(rig.File(item));
        Assert.Equal(expected.Count, times.Count);
        Assert.All(expected.Zip(times), pair => Assert.Equal((pair.First - expected[0]).TotalSeconds, pair.Second, 1e-3));
        var probe = await FilmProbe.ReadAsync(rig.File(item));
        Assert.Equal((expected.Count, RecordingRig.Width, RecordingRig.Height, "h264", "yuv420p"), (probe.Frames, probe.Width, probe.Height, probe.Codec, probe.Pixels));
        Assert.Equal((expected[^1] - expected[0]).TotalSeconds, item.Duration!.Value.TotalSeconds, 1.0 / 30);
        Assert.Equal((MediaKind.Recording, "otto", 0L, null), (item.Kind, item.By, rig.Recorder.State.Lost, rig.Recorder.State.Fault));
        Assert.Equal(expected.Count, rig.Recorder.State.Frames);
    }

    // Five seconds that the page may be away, for it to be loaded anew.
    [Theory]
    [InlineData(4, 90)]
    [InlineData(6, 30)]
    public async Task Recording_PageWasAwayWhileAProgramRead_HasWhatWasBeforeItLeftOnlyIfThatWasShort(int seconds, int expected)
    {
        var time = new FakeTimeProvider();
        await using var rig = await RecordingRig.StartAsync(time: time);
        await rig.SendAsync(RecordingRig.Times(10, 30));
        rig.ClosePage();
        time.Advance(TimeSpan.FromSeconds(seconds));
        await rig.SendAsync(RecordingRig.Times(11, 30));
        rig.OpenPage();
        await rig.SendAsync(RecordingRig.Times(12, 30));

        rig.Recorder.Start(Callers.Operator);
        var item = Assert.Single(await rig.StopAsync());

        Assert.Equal(expected, (await FilmProbe.ReadAsync(rig.File(item))).Frames);
    }

    [Fact]
    public async Task Recording_InParts_LosesNoFrameAtTheSeams()
    {
        await using var rig = await RecordingRig.StartAsync();
        await rig.Recorder.SetAsync(Callers.Operator, s => s with { PartLength = TimeSpan.FromSeconds(5), PreRoll = TimeSpan.Zero });
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync(RecordingRig.Times(1, 500));

        var items = await rig.StopAsync();

        Assert.Equal([5, 5, 5, 1.667], items.Select(item => Math.Round(item.Duration!.Value.TotalSeconds, 3)));
        var frames = 0;
        foreach (var item in items)
        {
            frames += (await FilmProbe.ReadAsync(rig.File(item))).Frames;
        }

        Assert.Equal((500, 500, 0, 4), (frames, rig.Recorder.State.Frames, rig.Recorder.State.Lost, rig.Recorder.State.Parts));
        Assert.Equal(items.Select(item => item.Id), rig.Recorder.State.MediaIds);
    }

    [Fact]
    public async Task Recording_CameraBeginsAnewInAnotherSize_GoesOnInAnotherFile()
    {
        await using var rig = await RecordingRig.StartAsync();
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync(RecordingRig.Times(50, 30));
        await rig.SendAsync(RecordingRig.Times(2, 31));

        var items = await rig.StopAsync();

        Assert.Equal(2, items.Length);
        Assert.Equal(30, (await FilmProbe.ReadAsync(rig.File(items[0]))).Frames);
        Assert.Equal(31, (await FilmProbe.ReadAsync(rig.File(items[1]))).Frames);
    }

    [Fact]
    public async Task Recording_OfACameraThatIsTurned_IsSeenUprightAndInAnotherFileWhenThatChanges()
    {
        await using var rig = await RecordingRig.StartAsync();
        await rig.Recorder.SetAsync(Callers.Operator, s => s with { PreRoll = TimeSpan.Zero });
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync(RecordingRig.Times(1, 30));
        await Eventually.TrueAsync(() => rig.Recorder.State.Frames == 30, "they are written", Token);
        await rig.Session.UpdateAsync(Callers.Operator, controls => controls with { Rotation = Rotation.Rotate90 });
        await rig.SendAsync(RecordingRig.Times(3, 31));

        var items = await rig.StopAsync();

        var probes = await Task.WhenAll(items.Select(item => FilmProbe.ReadAsync(rig.File(item))));
        Assert.Equal([(30, RecordingRig.Width, RecordingRig.Height), (31, RecordingRig.Height, RecordingRig.Width)], probes.Select(p => (p.Frames, p.Width, p.Height)));
        Assert.Equal([$"{RecordingRig.Width}×{RecordingRig.Height}", $"{RecordingRig.Height}×{RecordingRig.Width}"], items.Select(item => $"{item.Size}"));
    }

    // What was before the button, too; where frames come unevenly; and turned, where the stamp stands upright.
    [Theory]
    [InlineData(Rotation.Rotate0, StampCorner.BottomRight)]
    [InlineData(Rotation.Rotate90, StampCorner.TopLeft)]
    public async Task Recording_WithAStamp_ShowsInEachFrameWhatIsTrueOfIt(Rotation rotation, StampCorner corner)
    {
        await using var rig = await RecordingRig.StartAsync();
        await rig.Session.UpdateAsync(Callers.Operator, controls => controls with { Rotation = rotation });
        var style = new StampStyle { Corner = corner, Height = 0.2 };
        await rig.Stamp.SetAsync(Callers.Operator, s => s with { Template = "{counter:000} {shutter}", Style = style });
        await rig.Recorder.SetAsync(Callers.Operator, s => s with { PreRoll = TimeSpan.FromSeconds(1), IsStamped = true });
        await rig.SendAsync(RecordingRig.Times(10, 60));
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync([.. RecordingRig.Times(12, 20, 0.1), .. RecordingRig.Times(15, 30)]);

        var item = Assert.Single(await rig.StopAsync());

        var sent = rig.Sent.Where(time => time >= rig.Sent[59] - TimeSpan.FromSeconds(1)).ToList();
        var times = await PacketProbe.TimesAsync(rig.File(item));
        Assert.Equal(sent.Count, times.Count);
        Assert.All(sent.Zip(times), pair => Assert.Equal((pair.First - sent[0]).TotalSeconds, pair.Second, 1e-3));

        var size = item.Size!.Value;
        var shown = await FilmProbe.FieldsAsync(rig.File(item), size.Width, size.Height);
        using var stamps = new FilmStamp(size, rig.Stamp.Settings, null, RecordingRig.Frame(0), _ => RecordingRig.Values);
        var expected = sent.Select((_, number) => stamps.Draw(RecordingRig.Frame(number))).ToList();
        for (var number = 0; number < sent.Count; number++)
        {
            // Its own stamp is in it, rather than that of the frame before or after it.
            var likely = Enumerable.Range(Math.Max(0, number - 1), 3).Where(other => other < sent.Count)
                .MinBy(other => RecordingRig.Difference(shown[number], size, expected[other], stamps.Top));
            Assert.Equal(number, likely);
        }

        // The rest of the picture is as it was: what it differs from a frame without a stamp is the encoder's.
        Assert.InRange(RecordingRig.Difference(shown[0], size, expected[0], stamps.Top), 0, 12);
    }

    [Fact]
    public async Task Reasons_Several_MakeOneRecordingThatEndsWithTheLast()
    {
        await using var rig = await RecordingRig.StartAsync();
        rig.Recorder.Begin("schedule.1", "Morning", null);
        await rig.SendAsync(RecordingRig.Times(1, 30));
        rig.Recorder.Start(Callers.Operator, TimeSpan.FromHours(1));
        await rig.SendAsync(RecordingRig.Times(2, 30));
        rig.Recorder.End("schedule.1");
        await rig.SendAsync(RecordingRig.Times(3, 30));
        Assert.Equal([RecordingReason.People], rig.Recorder.State.Reasons.Select(reason => reason.Id));

        rig.Recorder.End(RecordingReason.People);
        var item = Assert.Single(await rig.EndAsync());

        Assert.Equal(90, (await FilmProbe.ReadAsync(rig.File(item))).Frames);
        Assert.Equal("Morning", item.By);
    }

    [Fact]
    public async Task Recording_ForATime_EndsByItself()
    {
        await using var rig = await RecordingRig.StartAsync();
        await rig.SendAsync(RecordingRig.Times(1, 10));
        rig.Recorder.Start(Callers.Operator, TimeSpan.FromSeconds(1));
        Assert.NotNull(rig.Recorder.State.Reasons[0].Until);

        await Eventually.TrueAsync(() => !rig.Recorder.State.IsRecording, "it ends", Token);

        Assert.Equal(10, (await FilmProbe.ReadAsync(rig.File(Assert.Single(await rig.EndAsync())))).Frames);
    }

    // The file is what an AVI player sees; frames that come late are shown longer.
    [Theory]
    [InlineData("ffmpeg", RecordingFormat.Mjpeg, null)]
    [InlineData("/nowhere/ffmpeg", RecordingFormat.H264, "recording.noFfmpeg")]
    public async Task Recording_OfTheCamerasOwnPictures_IsAnAviThatPlayersRead(string ffmpeg, RecordingFormat format, string? fault)
    {
        await using var rig = await RecordingRig.StartAsync(ffmpeg: ffmpeg);
        await rig.Recorder.SetAsync(Callers.Operator, s => s with { Format = format });
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync([.. RecordingRig.Times(1, 60), .. RecordingRig.Times(4, 30)]);

        var item = Assert.Single(await rig.StopAsync());

        Assert.Equal((".avi", fault), (Path.GetExtension(item.Path), rig.Recorder.State.Fault?.Code));
        var probe = await FilmProbe.ReadAsync(rig.File(item));
        Assert.Equal(("mjpeg", 90, 4), (probe.Codec, probe.Frames, Math.Round(probe.Seconds, 1)));
        await using var stream = File.OpenRead(rig.File(item));
        var reader = await AviReader.OpenAsync(stream, Token);
        Assert.Equal(90, reader!.Count);
        Assert.Equal(RecordingRig.Picture(61), await reader.ReadAsync(60, Token));
    }

    [Fact]
    public async Task Viewer_MayNeitherStartNorStopNorSet()
    {
        await using var rig = await RecordingRig.StartAsync();
        await rig.SendAsync(RecordingRig.Times(1, 1));

        Assert.Throws<AccessRefusedException>(() => rig.Recorder.Start(Callers.Viewer));
        Assert.Throws<AccessRefusedException>(() => rig.Recorder.Stop(Callers.Viewer));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Recorder.SetAsync(Callers.Viewer, s => s));
    }
}
