using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Hardware.Libcamera;
using PiCam.Tests.Fixtures;
using PiCam.Tests.Hardware.Native;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Libcamera;

/// <summary>Stills through the camera helper: a scripted one, and the real one on libcamera's virtual camera.</summary>
public sealed class LibcameraStillTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Capture_Largest_IsTheWholeSensorWithTheControlsAndTheFieldOfItsShape()
    {
        using var helper = new FakeHelper();
        await using var reading = await ReadingStream.OpenAsync(helper.Camera);
        var stream = reading.Stream;
        Assert.Equal((new PixelSize(2592, 1944), true), (stream.Capabilities.StillSize, stream.Capabilities.StillPausesStream));

        await stream.ApplyAsync(new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(4), AnalogueGain = 3 }, 2, Token);
        var still = await stream.CaptureAsync(new StillRequest(), Token);

        Assert.Equal((2592, 1944, true), (still.Width, still.Height, still.HasPicture));
        Assert.Equal(
            (TimeSpan.FromMilliseconds(4), 3, 2, new PixelRectangle(0, 0, 2592, 1944)),
            (still.Metadata.ExposureTime, still.Metadata.AnalogueGain, still.Metadata.ControlsVersion, still.Metadata.ScalerCrop));
        var sent = helper.Newest("still");
        Assert.Equal(95, sent["quality"]!.GetValue<int>());
        Assert.InRange(sent["patience"]!.GetValue<int>(), 10_000, 11_000);
        Assert.False(sent["controls"]!.AsObject().ContainsKey("FrameDurationLimits"));
        await reading.GoesOnAsync();
    }

    [Fact]
    public async Task Capture_ZoomedAtAFixedRate_IsCutToItsShapeAndExposedAsTheStream()
    {
        using var helper = new FakeHelper();
        await using var reading = await ReadingStream.OpenAsync(helper.Camera);
        await reading.Stream.ApplyAsync(
            new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(100), FrameRate = 20, ScalerCrop = new(648, 607, 1296, 729) }, 2, Token);

        var still = await reading.Stream.CaptureAsync(new StillRequest(new(800, 600), 70), Token);

        Assert.Equal((800, 600), (still.Width, still.Height));
        Assert.Equal(
            (TimeSpan.FromMilliseconds(50), new PixelRectangle(810, 607, 972, 729)), (still.Metadata.ExposureTime, still.Metadata.ScalerCrop));
    }

    [Fact]
    public async Task Capture_WithALoan_IsTakenByItAndTheStreamIsNot()
    {
        using var helper = new FakeHelper();
        await using var reading = await ReadingStream.OpenAsync(helper.Camera);
        await reading.Stream.ApplyAsync(new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(10), FrameRate = 20 }, 2, Token);

        var lent = await reading.Stream.CaptureAsync(
            new StillRequest { Loan = new() { ExposureTime = TimeSpan.FromMilliseconds(100), AnalogueGain = 2 } }, Token);
        var after = await reading.Stream.CaptureAsync(new StillRequest(), Token);

        Assert.Equal((100, 2), (lent.Metadata.ExposureTime!.Value.TotalMilliseconds, lent.Metadata.AnalogueGain!.Value));
        Assert.Equal(10, after.Metadata.ExposureTime!.Value.TotalMilliseconds);
    }

    [Fact]
    public async Task Capture_HelperCannot_SaysWhyAndTheStreamGoesOn()
    {
        using var helper = new FakeHelper("--still fail");
        await using var reading = await ReadingStream.OpenAsync(helper.Camera);

        var failed = await Assert.ThrowsAsync<StillFailedException>(() => reading.Stream.CaptureAsync(new StillRequest(), Token));

        Assert.Equal(StillFailure.Failed("The camera gave no picture"), failed.Reason);
        await reading.GoesOnAsync();
        Assert.Null(reading.Stream.Refusal);
    }

    [Fact]
    public async Task Capture_PictureThatIsNone_SaysSoAndTheStreamGoesOn()
    {
        using var helper = new FakeHelper("--still broken");
        await using var reading = await ReadingStream.OpenAsync(helper.Camera);

        Assert.Equal(
            StillFailure.Broken, (await Assert.ThrowsAsync<StillFailedException>(() => reading.Stream.CaptureAsync(new StillRequest(), Token))).Reason);
        await reading.GoesOnAsync();
    }

    [Fact]
    public async Task Capture_ThatNeverComes_FailsAfterItsTimeAndTheStreamGoesOn()
    {
        using var helper = new FakeHelper("--still never");
        await using var reading = await ReadingStream.OpenAsync(helper.Camera);

        var failed = await Assert.ThrowsAsync<StillFailedException>(() => reading.Stream.CaptureAsync(new StillRequest(), Token));

        Assert.Equal("still.late", failed.Reason.Code);
        await reading.GoesOnAsync();
        Assert.Single(helper.Processes);
    }

    /// <summary>Longer than the stall limit of a stream that runs.</summary>
    [Fact]
    public async Task Capture_ThatTakesLong_IsNoStall()
    {
        using var helper = new FakeHelper("--still-time 6000");
        await using var reading = await ReadingStream.OpenAsync(helper.Camera);

        Assert.True((await reading.Stream.CaptureAsync(new StillRequest(), Token)).HasPicture);

        await reading.GoesOnAsync();
    }

    [Theory]
    [InlineData("--still lost", "camera.unplugged")]
    [InlineData("--still hang", "camera.helperFailed")]
    public async Task Capture_CameraLostMeanwhile_SaysWhy(string script, string code)
    {
        using var helper = new FakeHelper(script);
        await using var running = await RunningSession.StartAsync(helper.Camera);
        var capture = running.Session.CaptureAsync(Callers.Operator, new StillRequest(), Token);
        if (code == "camera.helperFailed")
        {
            // It would be ended for giving nothing, in time; nobody waits for that here.
            await Eventually.TrueAsync(() => helper.Heard("\"still\""), "it was told", Token);
            SystemProcess.Signal(Assert.Single(helper.Processes), SystemProcess.SigKill);
        }

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => capture.WaitAsync(TimeSpan.FromSeconds(30), Token));

        Assert.Equal(code, lost.Reason.Code);
        await running.LiveAsync();
    }

    [Fact]
    public async Task Capture_Cancelled_TheStreamGoesOnAndTheNextOneWaitsForIt()
    {
        // Longer than the stall limit of a stream that runs: the helper is still at it.
        using var helper = new FakeHelper("--still-time 5000");
        await using var reading = await ReadingStream.OpenAsync(helper.Camera);
        using var giveUp = new CancellationTokenSource();
        var capture = reading.Stream.CaptureAsync(new StillRequest(), giveUp.Token);
        await Eventually.TrueAsync(() => helper.Heard("\"still\""), "it was told", Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => capture);
        Assert.True((await reading.Stream.CaptureAsync(new StillRequest(), Token)).HasPicture);
        await reading.GoesOnAsync();
        Assert.Single(helper.Processes);
    }

    [Fact]
    public async Task Open_NoHelper_SaysItOnce()
    {
        var camera = new LibcameraCamera(
            new LibcameraCameraOptions { Helper = "/nowhere/picam-camera" }, TimeProvider.System, NullLogger<LibcameraCamera>.Instance);

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => camera.OpenAsync(CameraControls.Automatic, 1, Token));

        Assert.Equal("The camera helper is not there: there is no program /nowhere/picam-camera. Run build-camera once.", lost.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(800)]
    public async Task Capture_RealHelper_DecodesAtItsSizeAndTheLivePictureGoesOn(int? within)
    {
        var camera = new LibcameraCamera(
            new LibcameraCameraOptions { Helper = NativeHelper.Executable }, TimeProvider.System, NullLogger<LibcameraCamera>.Instance);
        await using var running = await RunningSession.StartAsync(camera);

        var still = await running.Session.CaptureAsync(
            Callers.Operator, new StillRequest(within is { } w ? new PixelSize(w, w) : null) { WarmUp = TimeSpan.FromMilliseconds(200) }, Token);

        using var picture = SKBitmap.Decode(still.Jpeg);
        Assert.Equal((still.Width, still.Height), (picture.Width, picture.Height));
        if (within is { } most)
        {
            Assert.True(still.Width <= most && still.Height <= most, $"{still.Width}×{still.Height}");
        }
        else
        {
            Assert.Equal((1920, 1080), (still.Width, still.Height));
        }

        using var viewer = running.Session.Frames.Subscribe();
        for (var i = 0; i < 5; i++)
        {
            var frame = await viewer.NextAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            Assert.Equal((1280, 720), (frame.Width, frame.Height));
        }

        Assert.Equal(CameraCondition.Live, running.Session.State.Condition);
    }
}
