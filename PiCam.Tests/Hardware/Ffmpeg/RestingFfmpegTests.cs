using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Hardware.Ffmpeg;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Ffmpeg;

/// <summary>While nobody wants pictures, no ffmpeg runs.</summary>
public sealed class RestingFfmpegTests : VideoFileTests
{
    [Fact]
    public async Task SetEncodingAsync_NobodyWantsPictures_NoFfmpegRunsUntilSomebodyDoes()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var stream = await OpenAsync("a.mp4");
        await ReadAsync(stream, 10);

        await stream.SetEncodingAsync(false, Token);
        await Eventually.TrueAsync(() => SystemProcess.WithArgument(Folder["a.mp4"]).Count == 0, "ffmpeg rests", Token);
        await stream.ApplyAsync(CameraControls.Automatic, 5, Token);
        var reading = ReadUntilVersionAsync(stream, 5);

        // Longer than the stall limit of a stream that runs.
        await Task.Delay(TimeSpan.FromSeconds(3.5), Token);
        Assert.False(reading.IsCompleted);

        await stream.SetEncodingAsync(true, Token);
        Assert.True((await reading.WaitAsync(TimeSpan.FromSeconds(30), Token)).HasPicture);
        await ReadAsync(stream, 10);
        Assert.Single(SystemProcess.WithArgument(Folder["a.mp4"]));
    }

    [Fact]
    public async Task SetEncodingAsync_WantedAgainWhileLingering_TheSameFfmpegRunsOn()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        var options = new FfmpegCameraOptions { Path = Folder["a.mp4"] };
        await using var stream = await OpenAsync(new FfmpegCamera(options, NoNetwork, TimeProvider.System, NullLogger<FfmpegCamera>.Instance));
        var id = Assert.Single(SystemProcess.WithArgument(Folder["a.mp4"]));

        for (var i = 0; i < 20; i++)
        {
            await stream.SetEncodingAsync(i % 2 == 1, Token);
        }

        await ReadAsync(stream, 10);
        Assert.Equal(id, Assert.Single(SystemProcess.WithArgument(Folder["a.mp4"])));
    }

    [Fact]
    public async Task DisposeAsync_WhileResting_LeavesNoProcess()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        var stream = await OpenAsync("a.mp4");
        await stream.SetEncodingAsync(false, Token);
        await Eventually.TrueAsync(() => SystemProcess.WithArgument(Folder["a.mp4"]).Count == 0, "ffmpeg rests", Token);

        await stream.DisposeAsync();

        Assert.Empty(SystemProcess.WithArgument(Folder["a.mp4"]));
    }

    [Fact]
    public async Task SetEncodingAsync_FileGoneWhileResting_IsLostWithTheReason()
    {
        await TestVideos.MakeAsync(Folder["a.mp4"]);
        await using var stream = await OpenAsync("a.mp4");
        await stream.SetEncodingAsync(false, Token);
        await Eventually.TrueAsync(() => SystemProcess.WithArgument(Folder["a.mp4"]).Count == 0, "ffmpeg rests", Token);
        File.Delete(Folder["a.mp4"]);

        await stream.SetEncodingAsync(true, Token);

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => ReadAsync(stream, 1000));
        Assert.StartsWith("The video file a.mp4 is not played any more: ffmpeg ended with exit code 1: ", lost.Message, StringComparison.Ordinal);
    }
}
