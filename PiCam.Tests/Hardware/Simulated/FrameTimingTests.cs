using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class FrameTimingTests
{
    private static readonly PanTilt Sky = new(100, 15);

    [Fact]
    public async Task FrameRate_Fixed_LimitsTheExposureInMetadataAndPixels()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(2), Sky, 320);
        var longest = await rig.TakeWithAsync(CameraRig.Fixed(5));
        var limited = await rig.TakeWithAsync(CameraRig.Fixed(500) with { FrameRate = 40 });

        Assert.Equal(25, limited.Metadata.FrameDuration!.Value.TotalMilliseconds, 0.01);
        Assert.InRange(limited.Metadata.ExposureTime!.Value, TimeSpan.FromMilliseconds(24.5), TimeSpan.FromMilliseconds(25));
        // Five times the light of 5 ms, not a hundred times: the darkest pixels, which do not clip, tell.
        var ratio = Darkest(limited) / Darkest(longest);
        Assert.InRange(ratio, 4.6, 5.4);
    }

    [Fact]
    public async Task FrameRate_NotFixed_FollowsALongExposure()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(10), Sky, 128);
        Assert.Equal(1 / 30.0, (await rig.ReadAsync()).Metadata.FrameDuration!.Value.TotalSeconds, 1e-4);
        foreach (var milliseconds in new[] { 100, 700, 2500, 6000 })
        {
            var frame = await rig.ReadWithAsync(CameraRig.Fixed(milliseconds));
            Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), frame.Metadata.ExposureTime);
            Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), frame.Metadata.FrameDuration);
            var began = rig.Time.GetTimestamp();
            await rig.ReadAsync();
            Assert.InRange(rig.Time.GetElapsedTime(began).TotalMilliseconds, milliseconds - 2, milliseconds + 2);
        }
    }

    [Fact]
    public async Task SensorTimestamp_FrameToFrame_GrowsByTheFrameDuration()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(10), Sky, 128);
        var frames = new List<Frame>();
        foreach (var controls in new[] { CameraRig.Fixed(10) with { FrameRate = 12 }, CameraRig.Fixed(300), CameraRig.Fixed(1), CameraControls.Automatic })
        {
            frames.AddRange(await rig.ReadAsync(4));
            await rig.ApplyAsync(controls);
        }

        frames.AddRange(await rig.ReadAsync(8));
        Assert.All(frames.Zip(frames.Skip(1)), pair => Assert.Equal(
            pair.First.Metadata.FrameDuration!.Value, pair.Second.Metadata.SensorTimestamp - pair.First.Metadata.SensorTimestamp));
        Assert.True(frames.Select(f => f.Metadata.FrameDuration).Distinct().Count() >= 3);
        Assert.Equal(0, rig.Stream.DroppedFrames);
    }

    [Fact]
    public async Task Read_ASecondOfTheClock_GivesThirtyFramesOnTime()
    {
        await using var rig = await CameraRig.OpenAsync(CameraControls.Automatic, Sky, 128);
        var started = rig.Time.GetTimestamp();
        foreach (var i in Enumerable.Range(1, 30))
        {
            var frame = await rig.ReadAsync();
            Assert.Equal(i * 1000 / 30.0, rig.Time.GetElapsedTime(started).TotalMilliseconds, 1.5);
            Assert.Equal(rig.Time.GetTimestamp(), frame.CapturedAt);
        }
    }

    [Fact]
    public async Task Apply_DuringAVeryLongExposure_EndsItSoon()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(6000), Sky, 128);
        var pending = rig.Stream.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(pending.IsCompleted);
        var timers = rig.Time.Timers;
        await rig.ApplyAsync(CameraRig.Fixed(10));
        await Eventually.TrueAsync(() => rig.Time.Timers > timers, "the read waits anew", TestContext.Current.CancellationToken);
        var applied = rig.Time.GetElapsedTime(0);
        var frame = await rig.FinishAsync(pending);

        Assert.Equal(rig.Version, frame.Metadata.ControlsVersion);
        Assert.Equal(TimeSpan.FromMilliseconds(10), frame.Metadata.ExposureTime);
        Assert.InRange(frame.Metadata.SensorTimestamp - applied, TimeSpan.Zero, TimeSpan.FromSeconds(0.3));
    }

    [Fact]
    public async Task Read_Late_SkipsToTheNewestInsteadOfBursting()
    {
        await using var rig = await CameraRig.OpenAsync(CameraControls.Automatic, Sky, 128);
        var before = await rig.ReadAsync();
        // Not a whole number of frames: the next one must not be due by chance.
        rig.Time.Advance(TimeSpan.FromSeconds(1.01));
        var called = rig.Time.GetTimestamp();
        var late = await rig.ReadAsync();
        Assert.Equal(called, rig.Time.GetTimestamp());
        Assert.InRange(late.Metadata.SensorTimestamp - before.Metadata.SensorTimestamp, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(1.05));
        Assert.Equal(29, rig.Stream.DroppedFrames, 1.0);
        var dropped = rig.Stream.DroppedFrames;

        var next = await rig.ReadAsync();
        Assert.Equal(late.Metadata.FrameDuration, next.Metadata.SensorTimestamp - late.Metadata.SensorTimestamp);
        Assert.NotEqual(called, rig.Time.GetTimestamp());
        Assert.Equal(dropped, rig.Stream.DroppedFrames);
    }

    private static double Darkest(Picture picture)
    {
        var values = Enumerable.Range(0, picture.Width * picture.Height).Select(i => picture.Green(i % picture.Width, i / picture.Width)).Order().ToArray();
        return values.Take(values.Length / 20).Average();
    }
}
