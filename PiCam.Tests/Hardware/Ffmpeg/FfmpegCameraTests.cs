using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Hardware.Ffmpeg;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Ffmpeg;

/// <summary>A real ffmpeg plays real files.</summary>
public sealed class FfmpegCameraTests : VideoFileTests
{
    [Fact]
    public async Task ReadAsync_ShortVideo_GivesDecodableMovingFramesRoundTheLoop()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var stream = await OpenAsync("a.mp4");

        var frames = await ReadAsync(stream, 40);

        Assert.Equal(("a.mp4", "ffmpeg", new PixelSize(320, 240)), (stream.Capabilities.Model, stream.Capabilities.Source, stream.Capabilities.Size));
        Assert.Null(stream.Capabilities.ExposureTime);
        Assert.Empty(stream.Capabilities.AwbModes);
        foreach (var frame in frames)
        {
            using var picture = SKBitmap.Decode(frame.Jpeg);
            Assert.Equal((320, 240), (picture.Width, picture.Height));
            Assert.Equal((320, 240), (frame.Width, frame.Height));
        }

        Assert.True(frames.Zip(frames.Skip(1)).All(pair => pair.First.Metadata.SensorTimestamp < pair.Second.Metadata.SensorTimestamp));
        Assert.True(frames.Select(f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(f.Jpeg))).Distinct().Count() > 10);

        // In real time: 25 frames a second, whatever this machine could do.
        Assert.InRange(frames[^1].Metadata.FrameDuration!.Value.TotalMilliseconds, 15, 500);
    }

    [Fact]
    public async Task OpenAsync_LargeAndSmallVideo_OnlyTheLargeOneIsScaled()
    {
        await TestVideos.MakeAsync(Folder["large.mp4"], 1600, 1200, seconds: 0.2);
        await TestVideos.MakeAsync(Folder["small.mp4"], 162, 122, seconds: 0.2);
        await using var large = await OpenAsync("large.mp4");
        await using var small = await OpenAsync("small.mp4");

        Assert.Equal(new PixelSize(960, 720), large.Capabilities.Size);
        Assert.Equal(new PixelSize(162, 122), small.Capabilities.Size);
    }

    [Fact]
    public async Task ReadAsync_FfmpegKilled_IsLostAndOpensAgainAsOneProcess()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        var camera = Camera("a.mp4");
        await using (var stream = await OpenAsync(camera))
        {
            await ReadAsync(stream, 3);
            SystemProcess.Signal(Assert.Single(SystemProcess.WithArgument(Folder["a.mp4"])), SystemProcess.SigKill);

            var lost = await Assert.ThrowsAsync<CameraLostException>(() => ReadAsync(stream, 1000));
            Assert.Equal("The video file a.mp4 is not played any more: ffmpeg was ended by signal 9.", lost.Message);
            await Assert.ThrowsAsync<CameraLostException>(() => stream.ApplyAsync(CameraControls.Automatic, 2, Token).AsTask());
        }

        await using var again = await OpenAsync(camera);
        await ReadAsync(again, 3);
        Assert.Single(SystemProcess.WithArgument(Folder["a.mp4"]));
    }

    [Fact]
    public async Task ReadAsync_FfmpegStopped_IsLostAndTheProcessIsGone()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var stream = await OpenAsync("a.mp4");
        await ReadAsync(stream, 10);
        var id = Assert.Single(SystemProcess.WithArgument(Folder["a.mp4"]));

        SystemProcess.Signal(id, SystemProcess.SigStop);

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => ReadAsync(stream, 1000));
        Assert.Equal("The video file a.mp4 is not played any more: ffmpeg gave nothing for 3 s and was ended.", lost.Message);
        Assert.False(SystemProcess.Runs(id));
    }

    [Fact]
    public async Task ReadAsync_ReaderPauses_OldFramesAreDroppedAndCountedAndFfmpegGoesOn()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var stream = await OpenAsync("a.mp4");

        await Eventually.TrueAsync(() => stream.DroppedFrames >= 20, "dropped", Token);

        var frames = await ReadAsync(stream, 10);
        Assert.True(frames[0].Metadata.SensorTimestamp > TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task ApplyAsync_NoControls_NextFramesCarryTheVersion()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var stream = await OpenAsync("a.mp4");
        Assert.Equal(1, (await ReadAsync(stream, 1))[0].Metadata.ControlsVersion);

        await stream.ApplyAsync(CameraControls.Automatic with { AnalogueGain = 2 }, 7, Token);

        Assert.Equal(7, (await ReadAsync(stream, 10))[^1].Metadata.ControlsVersion);
    }

    [Fact]
    public async Task DisposeAsync_WhilePlaying_LeavesNoProcess()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        var stream = await OpenAsync("a.mp4");
        Assert.Single(SystemProcess.WithArgument(Folder["a.mp4"]));

        await stream.DisposeAsync();

        Assert.Empty(SystemProcess.WithArgument(Folder["a.mp4"]));
    }

    [Fact]
    public async Task OpenAsync_Cancelled_LeavesNoProcess()
    {
        // A pipe that nobody writes to keeps ffmpeg waiting.
        using var make = System.Diagnostics.Process.Start("mkfifo", [Folder["a.mp4"]]);
        await make.WaitForExitAsync(Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var open = Camera("a.mp4").OpenAsync(CameraControls.Automatic, 1, cancel.Token);
        await Eventually.TrueAsync(() => SystemProcess.WithArgument(Folder["a.mp4"]).Count == 1, "ffmpeg runs", Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open);
        Assert.Empty(SystemProcess.WithArgument(Folder["a.mp4"]));
    }

    [Fact]
    public async Task OpenAsync_NoSuchFile_SaysSo()
    {
        var lost = await LostAsync(Camera("gone.mp4"));

        Assert.Equal($"The video file {Folder["gone.mp4"]} does not exist.", lost.Message);
    }

    [Fact]
    public async Task OpenAsync_NotAVideo_GivesFfmpegsOwnReason()
    {
        await File.WriteAllTextAsync(Folder["notes.txt"], "Not a video at all.", Token);

        var lost = await LostAsync(Camera("notes.txt"));

        Assert.Equal(
            $"The video file notes.txt cannot be played: ffmpeg ended with exit code 1: file:{Folder["notes.txt"]}: Invalid data found when processing input.",
            lost.Message);
    }

    [Fact]
    public async Task OpenAsync_SoundOnly_SaysThatNothingMatches()
    {
        await TestVideos.MakeSoundAsync(Folder["sound.mp4"]);

        var lost = await LostAsync(Camera("sound.mp4"));

        Assert.StartsWith("The video file sound.mp4 cannot be played: ffmpeg ended with exit code 1: ", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NoFfmpeg_SaysThatItIsNotInstalled()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"], seconds: 0.2);
        var options = new FfmpegCameraOptions { Path = Folder["a.mp4"], Executable = "picam-no-ffmpeg" };

        var lost = await LostAsync(new FfmpegCamera(options, NoNetwork, TimeProvider.System, NullLogger<FfmpegCamera>.Instance));

        Assert.Equal("The video file a.mp4 cannot be played: ffmpeg is not installed: there is no program picam-no-ffmpeg.", lost.Message);
    }

    [Theory]
    [InlineData("-y.mp4")]
    [InlineData("a:b.mp4")]
    [InlineData("http:x.mp4")]
    [InlineData("frame%03d.mp4")]
    [InlineData("$(touch canary).mp4")]
    [InlineData("; touch canary.mp4")]
    [InlineData("two\nlines.mp4")]
    [InlineData("concat:a|b.mp4")]
    public async Task OpenAsync_StrangeFileName_PlaysThatFile(string name)
    {
        await TestVideos.MakeAsync(Folder[name], seconds: 0.2);

        await using var stream = await OpenAsync(name);

        Assert.Equal(name, stream.Capabilities.Model);
        Assert.Single(await ReadAsync(stream, 1));
        Assert.Equal([name], Directory.GetFiles(Folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task OpenAsync_PlaylistThatPointsToTheNetwork_ConnectsNowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await File.WriteAllTextAsync(
            Folder["list.mp4"],
            $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://{listener.LocalEndpoint}/a.ts\n#EXT-X-ENDLIST\n",
            Token);

        _ = await LostAsync(Camera("list.mp4"));

        Assert.False(listener.Pending());
    }
}
