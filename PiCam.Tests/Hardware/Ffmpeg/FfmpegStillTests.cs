using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Ffmpeg;

/// <summary>The next picture of a stream that has no larger ones.</summary>
public sealed class FfmpegStillTests : VideoFileTests
{
    [Fact]
    public async Task Capture_Largest_IsTheNextPictureOfTheStreamAsItIs()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var reading = await ReadingStream.OpenAsync(Camera("a.mp4"));
        var size = reading.Stream.Capabilities.Size;
        Assert.Equal((null, false), (reading.Stream.Capabilities.StillSize, reading.Stream.Capabilities.StillPausesStream));
        await reading.Stream.ApplyAsync(CameraControls.Automatic, 7, Token);

        var still = await reading.Stream.CaptureAsync(new StillRequest(), Token);

        Assert.Equal((size.Width, size.Height, 7), (still.Width, still.Height, still.Metadata.ControlsVersion));
        await reading.GoesOnAsync();
    }

    [Fact]
    public async Task Capture_Smaller_FitsWithin()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var reading = await ReadingStream.OpenAsync(Camera("a.mp4"));
        var size = reading.Stream.Capabilities.Size;

        var still = await reading.Stream.CaptureAsync(new StillRequest(new(size.Width / 2, size.Height)), Token);

        using var picture = SKBitmap.Decode(still.Jpeg);
        Assert.Equal((size.Width / 2, size.Height / 2), (still.Width, still.Height));
        Assert.Equal((still.Width, still.Height), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Capture_WhileResting_StartsFfmpegForItAndLetsItRestAgain()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var reading = await ReadingStream.OpenAsync(Camera("a.mp4"));
        await reading.Stream.SetEncodingAsync(false, Token);
        await RestsAsync();

        for (var i = 0; i < 2; i++)
        {
            Assert.True((await reading.Stream.CaptureAsync(new StillRequest(), Token)).HasPicture);
            await RestsAsync();
        }

        await reading.Stream.SetEncodingAsync(true, Token);
        await reading.GoesOnAsync();
    }

    [Fact]
    public async Task Capture_SourceEndsMeanwhile_SaysWhy()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var reading = await ReadingStream.OpenAsync(Camera("a.mp4"));
        await reading.Stream.SetEncodingAsync(false, Token);
        await RestsAsync();
        await File.WriteAllTextAsync(Folder["a.mp4"], "no video any more", Token);

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => reading.Stream.CaptureAsync(new StillRequest(), Token));

        Assert.Equal("camera.fileEnded", lost.Reason.Code);
    }

    private Task RestsAsync() => Eventually.TrueAsync(() => SystemProcess.WithArgument(Folder["a.mp4"]).Count == 0, "ffmpeg rests", Token);
}
