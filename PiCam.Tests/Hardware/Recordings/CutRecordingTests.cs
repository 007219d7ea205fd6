using PiCam.Core.Recordings;
using PiCam.Tests.Core.Recordings;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Recordings;

/// <summary>R8: what is left of a recording whose file was cut off anywhere, and of one that nothing can be made of.</summary>
public sealed class CutRecordingTests
{
    private const int Frames = 180;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RecordingFormat.H264, false)]
    [InlineData(RecordingFormat.H264, true)]
    [InlineData(RecordingFormat.Mjpeg, false)]
    public async Task Cut_Anywhere_LeavesWhatWasBeforeOrNothingAndHurtsNobody(RecordingFormat format, bool indexed)
    {
        await using var rig = await RecordingRig.StartAsync();
        await rig.Recorder.SetAsync(Callers.Operator, s => s with { PreRoll = TimeSpan.Zero, Format = format });
        rig.Recorder.Start(Callers.Operator);
        await rig.SendAsync(RecordingRig.Times(1, Frames));
        var film = Assert.Single(await rig.StopAsync());
        var file = rig.File(film);
        if (indexed)
        {
            await rig.Library.Library.RewriteAsync(film.Id, (from, to) => rig.Library.Films.IndexAsync(from, to, Token), Token);
        }

        var whole = await File.ReadAllBytesAsync(file, Token);
        var random = new Random(8);
        for (var round = 0; round < LongRun.Count(50); round++)
        {
            var length = random.Next(whole.Length);
            await File.WriteAllBytesAsync(file, whole[..length], Token);

            var content = await rig.Library.Films.InspectAsync(file, Token);

            // A part, of a second, may be missing to what the length says; with the index at its beginning, or with each picture
            // whole by itself, next to nothing.
            Assert.InRange(content.Frames, Math.Max(0, (Frames * (long)length / whole.Length) - (indexed || format == RecordingFormat.Mjpeg ? 40 : 70)), Frames);
            var first = await rig.Library.Library.FrameAsync(Callers.Viewer, film, TimeSpan.Zero, Token);
            Assert.Equal(content.Frames > 0, first is not null);
            Assert.Equal(content.Frames > 0, await rig.Library.Library.ThumbnailAsync(Callers.Viewer, film, Token) is not null);
            rig.Library.Files.RemoveThumbnail(film.Id);
        }
    }

    [Fact]
    public async Task PicturesThatNothingCanRead_AreNotRecordedForEver()
    {
        await using var rig = await RecordingRig.StartAsync();
        await rig.Recorder.SetAsync(Callers.Operator, s => s with { PreRoll = TimeSpan.Zero });
        rig.Recorder.Start(Callers.Operator);

        // At one time of the sensor's, so that each begins a file.
        for (var i = 0; i < 10; i++)
        {
            rig.Camera.Send();
        }

        await Eventually.TrueAsync(() => !rig.Recorder.State.IsWriting, "it has ended by itself", Token);
        var end = rig.Recorder.State;
        Assert.Equal(("recording.givenUp", 3, 0), (end.Fault?.Code, end.Parts, end.Reasons.Count));
        Assert.Empty(end.MediaIds);
    }
}
