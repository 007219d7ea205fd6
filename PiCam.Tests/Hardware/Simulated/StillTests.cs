using CsCheck;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Simulated;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class StillTests
{
    [Fact]
    public async Task Capture_Largest_IsTheWholeSensorWhileTheStreamGoesOn()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(4, 2));
        Assert.Equal((new PixelSize(2592, 1944), false), (rig.Stream.Capabilities.StillSize, rig.Stream.Capabilities.StillPausesStream));
        await rig.ReadAsync();

        var capture = CaptureAsync(rig, new StillRequest());
        var frames = await rig.ReadAsync(10);
        var still = await rig.FinishAsync(capture);

        Assert.Equal((2592, 1944), (still.Width, still.Height));
        Assert.Equal(
            (TimeSpan.FromMilliseconds(4), 2, new PixelRectangle(0, 0, 2592, 1944), 1),
            (still.Metadata.ExposureTime, still.Metadata.AnalogueGain, still.Metadata.ScalerCrop, still.Metadata.ControlsVersion));
        Assert.All(frames, frame => Assert.Equal((640, 360), (frame.Width, frame.Height)));
        Assert.All(frames.Zip(frames.Skip(1)), pair => Assert.Equal(
            pair.First.Metadata.FrameDuration, pair.Second.Metadata.SensorTimestamp - pair.First.Metadata.SensorTimestamp));
        Assert.Equal(0, rig.Stream.DroppedFrames);
    }

    [Fact]
    public async Task Capture_AnySize_HasThatSizeAndNoneIsLarger()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(4));
        await Gen.Select(Gen.Int[1, 500], Gen.Int[1, 500], Gen.Int[1, 100]).SampleAsync(
            async asked =>
            {
                var (width, height, quality) = asked;
                var still = await TakeAsync(rig, new StillRequest(new(width, height), quality));
                var picture = new Picture(still, Ov5647.Still(new(still.Width, still.Height), quality), default);
                Assert.True(still.Width <= width && still.Height <= height, $"{still.Width}×{still.Height} of {width}×{height}");
                Assert.True((width < 64 || height < 64) || (still.Width, still.Height) == (width, height), $"{still.Width}×{still.Height} of {width}×{height}");
                Assert.Equal((still.Width, still.Height), (picture.Width, picture.Height));
            },
            iter: LongRun.Count(300),
            threads: 1);
    }

    [Fact]
    public async Task Capture_OtherExposure_IsAsBrightAsItSays()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(2));
        var dark = await BrightnessAsync(rig);

        // Handed over, and not yet in any frame.
        await rig.ApplyAsync(CameraRig.Fixed(4, 2));
        var bright = await BrightnessAsync(rig);

        Assert.Equal(rig.Version, bright.Metadata.ControlsVersion);
        Assert.InRange(bright.Mean / dark.Mean, 3, 4.2);
    }

    [Fact]
    public async Task Capture_ShapeOfTheStream_ShowsWhatTheStreamShows()
    {
        await using var rig = await CameraRig.OpenAtCardAsync(CameraRig.Fixed(6));
        await rig.ApplyAsync(rig.Zoomed(CameraRig.Fixed(6)));
        var frame = await rig.ReadWithAsync(rig.Zoomed(CameraRig.Fixed(6)));
        var still = await TakeAsync(rig, new StillRequest(new(1280, 720)));

        Assert.Equal(frame.Metadata.ScalerCrop, still.Metadata.ScalerCrop);
        Assert.Equal(rig.Decode(frame).Brightness(), new Picture(still, Ov5647.Still(new(1280, 720), 95), default).Brightness(), 0.02);
    }

    [Fact]
    public async Task Capture_WithALoan_IsExposedByItAndTheStreamIsNot()
    {
        await using var rig = await CameraRig.OpenAtCardAsync(CameraRig.Fixed(6));
        var (mean, _) = await BrightnessAsync(rig);
        var (lentMean, lent) = await BrightnessAsync(rig, new StillLoan { ExposureTime = TimeSpan.FromMilliseconds(3) });
        var (meanAfter, after) = await BrightnessAsync(rig);

        Assert.Equal((3, 6), (lent.ExposureTime!.Value.TotalMilliseconds, after.ExposureTime!.Value.TotalMilliseconds));
        Assert.InRange(mean / lentMean, 1.7, 2.2);
        Assert.Equal(mean, meanAfter, 0.02);
        Assert.Equal(6, (await rig.RunAsync(TimeSpan.FromSeconds(0.2)))[^1].Metadata.ExposureTime!.Value.TotalMilliseconds);
    }

    [Fact]
    public async Task Capture_AutomaticExposure_IsAsTheStreamHasIt()
    {
        await using var rig = await CameraRig.OpenAsync(CameraControls.Automatic, width: 320);
        var frame = (await rig.RunAsync(TimeSpan.FromSeconds(3)))[^1];
        var still = await TakeAsync(rig, new StillRequest(new(640, 480)));

        Assert.True(still.Metadata.AeLocked);
        Assert.Equal((frame.Metadata.ExposureTime, frame.Metadata.AnalogueGain), (still.Metadata.ExposureTime, still.Metadata.AnalogueGain));
    }

    [Fact]
    public async Task Capture_LongExposure_TakesItsTimeAndNobodyWatching_GivesAPicture()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(500), width: 320);
        await rig.Stream.SetEncodingAsync(false, TestContext.Current.CancellationToken);
        var before = rig.Time.GetTimestamp();
        var still = await TakeAsync(rig, new StillRequest(new(640, 480)));

        Assert.True(still.HasPicture);
        Assert.True(rig.Time.GetElapsedTime(before) >= TimeSpan.FromMilliseconds(500));
        Assert.True(still.Metadata.FrameDuration >= still.Metadata.ExposureTime);
    }

    [Fact]
    public async Task Capture_CancelledOrClosed_Ends()
    {
        var rig = await CameraRig.OpenAsync(CameraRig.Fixed(5000), width: 320);
        using var giveUp = new CancellationTokenSource();
        var cancelled = rig.Stream.CaptureAsync(new StillRequest(), giveUp.Token);
        var closed = rig.Stream.CaptureAsync(new StillRequest(), TestContext.Current.CancellationToken);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await rig.DisposeAsync();
        await Assert.ThrowsAsync<CameraLostException>(() => closed);
        await Assert.ThrowsAsync<CameraLostException>(() => CaptureAsync(rig, new StillRequest()));
    }

    private static async Task<(double Mean, FrameMetadata Metadata)> BrightnessAsync(CameraRig rig, StillLoan? loan = null)
    {
        var size = new PixelSize(640, 480);
        var still = await TakeAsync(rig, new StillRequest(size) { Loan = loan });
        return (new Picture(still, Ov5647.Still(size, 95), default).Brightness(), still.Metadata);
    }

    private static Task<Frame> TakeAsync(CameraRig rig, StillRequest request) => rig.FinishAsync(CaptureAsync(rig, request));

    private static Task<Frame> CaptureAsync(CameraRig rig, StillRequest request) =>
        rig.Stream.CaptureAsync(request, TestContext.Current.CancellationToken);
}
