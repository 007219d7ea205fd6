using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Simulated;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class SimulatedCameraTests
{
    private static readonly PanTilt Sky = new(100, 15);

    [Fact]
    public async Task Read_SameSeedClockAndControls_GivesTheSameBytes()
    {
        var first = await PlayAsync(1);
        var second = await PlayAsync(1);

        Assert.Equal(first.Count, second.Count);
        Assert.All(first.Zip(second), pair => Assert.True(pair.First.Jpeg.AsSpan().SequenceEqual(pair.Second.Jpeg)));
        Assert.All(first.Zip(second), pair => Assert.Equal(pair.First.Metadata, pair.Second.Metadata));
        // A frozen picture would be the same as well.
        Assert.All(first.Zip(first.Skip(1)), pair => Assert.False(pair.First.Jpeg.AsSpan().SequenceEqual(pair.Second.Jpeg)));
    }

    [Fact]
    public async Task Read_AnotherSeed_GivesOtherBytes()
    {
        var first = await PlayAsync(1);
        var second = await PlayAsync(2);

        Assert.All(first.Zip(second), pair => Assert.False(pair.First.Jpeg.AsSpan().SequenceEqual(pair.Second.Jpeg)));
    }

    [Fact]
    public async Task Apply_NewControls_AreInThePixelsOfTheFrameThatSaysSo()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(4), Sky, 320);
        var before = await rig.TakeAsync();
        foreach (var milliseconds in new[] { 8, 2, 16, 4 })
        {
            await rig.ApplyAsync(CameraRig.Fixed(milliseconds));
            var frames = 0;
            while (true)
            {
                var picture = await rig.TakeAsync();
                frames++;
                var ratio = picture.Brightness() / before.Brightness();
                if (picture.Metadata.ControlsVersion == rig.Version)
                {
                    var expected = picture.Metadata.ExposureTime!.Value / before.Metadata.ExposureTime!.Value;
                    Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), picture.Metadata.ExposureTime);
                    Assert.InRange(ratio / expected, 0.9, 1.1);
                    before = picture;
                    break;
                }

                Assert.Equal(before.Metadata.ControlsVersion, picture.Metadata.ControlsVersion);
                Assert.Equal(before.Metadata.ExposureTime, picture.Metadata.ExposureTime);
                Assert.InRange(ratio, 0.97, 1.03);
            }

            Assert.InRange(frames, 2, 3);
        }
    }

    [Fact]
    public async Task Apply_SeveralAtOnce_TheLastOneWins()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(4), Sky, 128);
        await rig.ApplyAsync(CameraRig.Fixed(8));
        await rig.ApplyAsync(CameraRig.Fixed(12));
        var frames = await rig.ReadAsync(4);

        Assert.Equal([1, 1, 3, 3], frames.Select(f => f.Metadata.ControlsVersion));
        Assert.Equal(TimeSpan.FromMilliseconds(12), frames[^1].Metadata.ExposureTime);
    }

    [Fact]
    public async Task Apply_ValuesOutOfRange_AreClampedAndSaidTruly()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(4), Sky, 128);
        var whole = rig.Stream.Capabilities.ScalerCropMaximum!.Value;
        var frame = await rig.ReadWithAsync(new CameraControls
        {
            ExposureTime = TimeSpan.FromMinutes(5),
            AnalogueGain = 100,
            ColourGains = new(99, -1),
            FrameRate = 1000,
            ScalerCrop = new(-50, 9999, 1, 9999),
        });

        Assert.Equal(8, frame.Metadata.AnalogueGain);
        Assert.Equal(new ColourGains(32, 0), frame.Metadata.ColourGains);
        Assert.Equal(1 / rig.Stream.Capabilities.FrameRate!.Maximum, frame.Metadata.FrameDuration!.Value.TotalSeconds, 1e-5);
        Assert.True(frame.Metadata.ExposureTime <= frame.Metadata.FrameDuration);
        Assert.True(whole.Contains(frame.Metadata.ScalerCrop!.Value));
    }

    [Fact]
    public async Task Open_WhileOpen_IsRefusedUntilItIsClosed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var rig = await CameraRig.OpenAsync(CameraControls.Automatic, Sky, 128);
        await Assert.ThrowsAsync<CameraLostException>(() => rig.Camera.OpenAsync(CameraControls.Automatic, 1, cancellation));
        await rig.ReadAsync();
        await rig.DisposeAsync();
        await rig.DisposeAsync();

        await using var again = await rig.Camera.OpenAsync(CameraControls.Automatic, 7, cancellation);
        var frame = await rig.FinishAsync(again.ReadAsync(cancellation).AsTask());
        Assert.Equal(7, frame.Metadata.ControlsVersion);
    }

    [Fact]
    public async Task Open_Cancelled_LeavesTheCameraFree()
    {
        var camera = new SimulatedCamera(new SimulatedCameraOptions { Width = 128, Height = 72 }, new SimulatedMount(), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => camera.OpenAsync(CameraControls.Automatic, 1, new CancellationToken(true)));

        await using var stream = await camera.OpenAsync(CameraControls.Automatic, 1, TestContext.Current.CancellationToken);
        Assert.NotEmpty((await stream.ReadAsync(TestContext.Current.CancellationToken)).Jpeg);
    }

    [Fact]
    public async Task Dispose_WhileAReadWaits_EndsTheRead()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var rig = await CameraRig.OpenAsync(CameraControls.Automatic, Sky, 128);
        var pending = rig.Stream.ReadAsync(cancellation).AsTask();
        Assert.False(pending.IsCompleted);
        await rig.DisposeAsync();

        await Assert.ThrowsAsync<CameraLostException>(() => pending);
        await Assert.ThrowsAsync<CameraLostException>(() => rig.Stream.ReadAsync(cancellation).AsTask());
        await Assert.ThrowsAsync<CameraLostException>(() => rig.Stream.ApplyAsync(CameraControls.Automatic, 2, cancellation).AsTask());
        await using var again = await rig.Camera.OpenAsync(CameraControls.Automatic, 1, cancellation);
    }

    [Fact]
    public async Task Read_Cancelled_LosesNoFrame()
    {
        await using var rig = await CameraRig.OpenAsync(CameraControls.Automatic, Sky, 128);
        var first = await rig.ReadAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var pending = rig.Stream.ReadAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        var second = await rig.ReadAsync();

        Assert.Equal(first.Metadata.FrameDuration, second.Metadata.SensorTimestamp - first.Metadata.SensorTimestamp);
        Assert.Equal(0, rig.Stream.DroppedFrames);
    }

    private static async Task<List<Frame>> PlayAsync(int seed)
    {
        await using var rig = await CameraRig.OpenAsync(CameraControls.Automatic, width: 320, seed: seed);
        var frames = new List<Frame>(await rig.ReadAsync(5));
        await rig.ApplyAsync(new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(50), AwbMode = AwbMode.Cloudy });
        rig.Aim(-12, 3);
        frames.AddRange(await rig.ReadAsync(5));
        rig.Time.Advance(TimeSpan.FromSeconds(1.3));
        frames.AddRange(await rig.ReadAsync(5));
        return frames;
    }
}
