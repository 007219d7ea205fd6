using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Privacy;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Cameras;

/// <summary>Stills through the session, on a camera that the test plays. Nobody watches.</summary>
public sealed class CaptureTests : IAsyncDisposable
{
    private readonly FakeCamera camera = new();
    private readonly FakeTimeProvider time = new();
    private readonly MemorySettingsStore store = new();
    private readonly PrivacySwitch privacy;
    private readonly CameraSession session;

    public CaptureTests()
    {
        privacy = new PrivacySwitch(store, time);
        session = new CameraSession(camera, new FakeSetup(), privacy, store, time, NullLogger<CameraSession>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await session.StopAsync(CancellationToken.None);
        session.Dispose();
    }

    [Fact]
    public async Task Capture_NobodyWatches_GivesTheLargestPictureAndEncodesNothingElse()
    {
        await GoLiveAsync();
        await Eventually.TrueAsync(() => !camera.Encoding, "nothing is encoded", Token);

        var still = await CaptureAsync();

        Assert.Equal((2592, 1944), (still.Width, still.Height));
        Assert.True(still.HasPicture);
        Assert.False(camera.Encoding);
    }

    [Fact]
    public async Task Capture_Viewer_IsRefused()
    {
        await GoLiveAsync();

        await Assert.ThrowsAsync<AccessRefusedException>(() => session.CaptureAsync(Callers.Viewer, new StillRequest(), Token));

        Assert.Empty(camera.Stills);
    }

    [Fact]
    public async Task Capture_OutOfRange_NamesFieldValueAndRange()
    {
        await GoLiveAsync();

        var refused = await Assert.ThrowsAsync<InvalidValueException>(
            () => CaptureAsync(new StillRequest(new(2593, 100), 101) { WarmUp = TimeSpan.FromMinutes(2) }));

        Assert.Equal(
            [
                new InvalidValue("size", "2593×100", "1×1 to 2592×1944"),
                new InvalidValue("quality", "101", "1 to 100, whole"),
                new InvalidValue("warmUp", "120 s", "0 s to 60 s"),
            ],
            refused.Errors);
        Assert.Empty(camera.Stills);
        Assert.Equal((2592, 1944), await SizeAsync(new StillRequest(new(2592, 1944), 1)));
    }

    [Fact]
    public async Task Capture_CameraWithoutAStillSize_IsAtMostAsLargeAsTheStream()
    {
        camera.Capabilities = FakeCamera.NoControls;
        await GoLiveAsync();

        await Assert.ThrowsAsync<InvalidValueException>(() => CaptureAsync(new StillRequest(new(1281, 720))));

        Assert.Equal((1280, 720), await SizeAsync(new StillRequest()));
    }

    [Fact]
    public async Task Capture_RightAfterAChange_ComesAfterTheCameraHasIt()
    {
        await GoLiveAsync();
        for (var i = 1; i <= 20; i++)
        {
            var gain = 1 + (i / 10.0);
            await session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = gain });
            Assert.Equal(gain, (await CaptureAsync()).Metadata.AnalogueGain);
        }
    }

    [Fact]
    public async Task Capture_Several_AreTakenOneAtATimeInTheirOrder()
    {
        await GoLiveAsync();
        var taking = 0;
        var release = new SemaphoreSlim(0);
        camera.TakesStill = async (request, token) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref taking));
            await release.WaitAsync(token);
            Interlocked.Decrement(ref taking);
            return camera.Still(request);
        };

        var captures = Enumerable.Range(1, 5).Select(i => CaptureAsync(new StillRequest(Quality: i))).ToArray();
        await Eventually.TrueAsync(() => camera.Stills.Count == 1, "the first is being taken", Token);
        release.Release(5);
        await Task.WhenAll(captures);

        Assert.Equal([1, 2, 3, 4, 5], camera.Stills.Select(s => s.Request.Quality));
    }

    [Fact]
    public async Task Capture_CancelledWhileWaitingOrTaking_LetsTheNextIn()
    {
        await GoLiveAsync();
        camera.TakesStill = async (request, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return camera.Still(request);
        };
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var taking = session.CaptureAsync(Callers.Operator, new StillRequest(), first.Token);
        await Eventually.TrueAsync(() => camera.Stills.Count == 1, "the first is being taken", Token);
        var waiting = session.CaptureAsync(Callers.Operator, new StillRequest(), second.Token);

        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(taking.IsCompleted);
        camera.TakesStill = null;
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);

        await CaptureAsync();
        Assert.Equal(2, camera.Stills.Count);
    }

    [Fact]
    public async Task Capture_CameraLostMeanwhile_SaysWhyAndTheNextOneWorks()
    {
        await GoLiveAsync();
        var lost = await LostAsync(() => camera.Lose("the cable came off"));
        Assert.Equal("the cable came off", lost.Message);

        camera.TakesStill = null;
        var still = await Assert.ThrowsAsync<CameraLostException>(() => CaptureAsync());
        Assert.Equal("the cable came off", still.Message);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                camera.Send();
                return camera.Opened == 2 && session.State.Condition == CameraCondition.Live;
            },
            "the camera is back",
            Token);
        await CaptureAsync();
    }

    [Fact]
    public async Task Capture_PrivacySwitchedOnMeanwhile_GivesNoPictureAndSaysWhy()
    {
        await GoLiveAsync();

        var lost = await LostAsync(() => privacy.SetAsync(Callers.Administrator, true));

        Assert.Equal(CameraLoss.Private, lost.Reason);
        Assert.Equal(CameraLoss.Private, (await Assert.ThrowsAsync<CameraLostException>(() => CaptureAsync())).Reason);
    }

    [Fact]
    public async Task Capture_RestartedMeanwhile_SaysSo()
    {
        await GoLiveAsync();

        Assert.Equal(CameraLoss.Restarting, (await LostAsync(() => session.Restart(Callers.Administrator))).Reason);
    }

    [Fact]
    public async Task Capture_CameraDoesNotTakeIt_SaysWhyAndTheCameraLivesOn()
    {
        await GoLiveAsync();
        camera.TakesStill = (_, _) => throw new StillFailedException(StillFailure.Failed("no memory"));

        var failed = await Assert.ThrowsAsync<StillFailedException>(() => CaptureAsync());

        Assert.Equal("The camera did not take the picture: no memory.", failed.Message);
        Assert.Equal((CameraCondition.Live, 1), (session.State.Condition, camera.Opened));
    }

    [Fact]
    public async Task Capture_BeforeTheCameraIsLive_SaysWhy()
    {
        camera.RefuseToOpen("No camera found.");
        Assert.Equal(CameraLoss.NotStarted, (await Assert.ThrowsAsync<CameraLostException>(() => CaptureAsync())).Reason);
        await session.StartAsync(Token);
        await Eventually.TrueAsync(() => session.State.Condition == CameraCondition.Lost, "it is lost", Token);

        Assert.Equal("No camera found.", (await Assert.ThrowsAsync<CameraLostException>(() => CaptureAsync())).Message);
    }

    [Fact]
    public async Task Capture_WarmUp_WaitsUntilExposureHasSettled()
    {
        await GoLiveAsync();
        var capture = CaptureAsync(new StillRequest { WarmUp = TimeSpan.FromSeconds(2) });
        await Eventually.TrueAsync(() => camera.Encoding, "frames are wanted meanwhile", Token);
        camera.Send(metadata: new FrameMetadata { AeLocked = false, Lux = 1 });
        await Eventually.TrueAsync(() => session.State.Actual?.Lux == 1, "a frame that has not settled", Token);
        Assert.Empty(camera.Stills);

        camera.Send(metadata: new FrameMetadata { AeLocked = true });
        await capture.WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Single(camera.Stills);
    }

    [Fact]
    public async Task Capture_WarmUpOfACameraThatDoesNotSay_TakesItsTime()
    {
        await GoLiveAsync();
        var capture = CaptureAsync(new StillRequest { WarmUp = TimeSpan.FromSeconds(2) });
        await Eventually.TrueAsync(() => camera.Encoding, "frames are wanted meanwhile", Token);
        camera.Send(metadata: new FrameMetadata { Lux = 1 });
        await Eventually.TrueAsync(() => session.State.Actual?.Lux == 1, "a frame", Token);
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Empty(camera.Stills);

        time.Advance(TimeSpan.FromSeconds(0.2));
        await capture.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    private async Task<CameraLostException> LostAsync(Action lose)
    {
        camera.TakesStill = async (request, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return camera.Still(request);
        };
        var before = camera.Stills.Count;
        var capture = CaptureAsync();
        await Eventually.TrueAsync(() => camera.Stills.Count > before, "it is being taken", Token);
        lose();
        return await Assert.ThrowsAsync<CameraLostException>(() => capture.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    private async Task<(int Width, int Height)> SizeAsync(StillRequest request) =>
        await CaptureAsync(request) is var still ? (still.Width, still.Height) : default;

    private Task<Frame> CaptureAsync(StillRequest? request = null) => session.CaptureAsync(Callers.Operator, request ?? new StillRequest(), Token);

    private async Task GoLiveAsync()
    {
        await session.StartAsync(Token);
        await Eventually.TrueAsync(() => camera.IsOpen, "the camera opens", Token);
        camera.Send();
        await Eventually.TrueAsync(() => session.State.Condition == CameraCondition.Live, "it is live", Token);
    }
}
