using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Privacy;
using PiCam.Core.Settings;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Cameras;

public sealed class CameraSessionTests : IAsyncDisposable
{
    private readonly FakeCamera camera = new();
    private readonly FakeTimeProvider time = new();
    private readonly MemorySettingsStore store = new();
    private readonly List<CameraSession> sessions = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var session in sessions)
        {
            await session.StopAsync(CancellationToken.None);
            session.Dispose();
        }
    }

    [Fact]
    public async Task Start_BeforeSetup_LeavesTheCameraOff()
    {
        var setup = new FakeSetup(done: false);
        var session = await StartAsync(setup);
        Assert.Equal(CameraCondition.WaitingForSetup, session.State.Condition);
        Assert.Equal(0, camera.Opened);

        setup.Finish();

        await Eventually.TrueAsync(() => camera.Opened == 1, "the camera opens once somebody owns the panel", Token);
    }

    [Fact]
    public async Task Frames_ReadAtHalfTheSize_TheCameraIsToldAndToldAgainWhenItComesBack()
    {
        var session = await LiveAsync();
        Assert.False(camera.EncodingHalf);
        var copies = new FrameHub(session.Frames, fromHalf: true);

        using (copies.Subscribe())
        {
            await Eventually.TrueAsync(() => camera.EncodingHalf, "pictures of half the size are made", Token);
            camera.Lose("unplugged");
            await AdvanceUntilAsync(() => camera.Opened == 2);
            await Eventually.TrueAsync(() => camera.EncodingHalf, "so are they after it came back", Token);
        }

        await Eventually.TrueAsync(() => !camera.EncodingHalf, "they are made no more", Token);
    }

    [Fact]
    public async Task UpdateAsync_NewShutter_IsPendingUntilAFrameShowsIt()
    {
        var session = await LiveAsync();
        camera.ConfirmsControls = false;

        await session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = TimeSpan.FromMilliseconds(4) });
        await FrameAsync(session);
        Assert.Equal([ControlNames.ExposureTime], session.State.Pending);

        camera.ConfirmsControls = true;
        await Eventually.TrueAsync(() => camera.Applied[^1].Controls.ExposureTime is not null, "the camera is told", Token);
        await FrameAsync(session);
        Assert.Empty(session.State.Pending);
        Assert.Equal(TimeSpan.FromMilliseconds(4), session.State.Actual?.ExposureTime);
    }

    [Fact]
    public async Task UpdateAsync_TakenInButNeverShown_IsClampedNotPendingForEver()
    {
        var session = await LiveAsync();
        await session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = TimeSpan.FromSeconds(1), FrameRate = 30 });
        await Eventually.TrueAsync(() => camera.Applied[^1].Controls.FrameRate == 30, "the camera is told", Token);
        var clamped = new PiCam.Core.Frames.FrameMetadata
        {
            ControlsVersion = camera.Applied[^1].Version,
            ExposureTime = TimeSpan.FromSeconds(1.0 / 30),
            AnalogueGain = 1,
            FrameDuration = TimeSpan.FromSeconds(1.0 / 30),
        };

        for (var i = 0; i <= ControlConfirmation.PatienceFrames; i++)
        {
            await FrameAsync(session, clamped);
        }

        Assert.Equal(ControlCondition.ClampedByFrameRate, session.State.Controls[ControlNames.ExposureTime]);
        Assert.Equal(ControlCondition.Live, session.State.Controls[ControlNames.FrameRate]);
    }

    [Fact]
    public async Task UpdateAsync_OutOfRange_NamesFieldValueAndRangeAndChangesNothing()
    {
        var session = await LiveAsync();
        var before = session.State.Asked;

        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => session.UpdateAsync(
            Callers.Operator, c => c with { ExposureTime = TimeSpan.FromMicroseconds(5), AnalogueGain = 99, FrameRate = 24 }));

        Assert.Equal(
            [
                new InvalidValue("exposureTime", "5 µs", "100 µs to 6000000 µs"),
                new InvalidValue("analogueGain", "99", "1 to 16"),
            ],
            refused.Errors);
        Assert.Equal(before, session.State.Asked);
        Assert.Single(camera.Applied);
        Assert.Equal(0, store.Saves);
    }

    [Fact]
    public async Task UpdateAsync_Viewer_IsRefused()
    {
        var session = await LiveAsync();

        await Assert.ThrowsAsync<AccessRefusedException>(() => session.UpdateAsync(Callers.Viewer, c => c with { AnalogueGain = 2 }));

        Assert.Null(session.State.Asked.AnalogueGain);
    }

    [Fact]
    public async Task UpdateAsync_TwoPeopleAtOnce_LoseNeitherField()
    {
        var session = await LiveAsync();

        await Task.WhenAll(
            Task.Run(() => session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = 3 }), Token),
            Task.Run(() => session.UpdateAsync(Callers.Administrator, c => c with { ExposureValue = 1 }), Token));

        Assert.Equal(new CameraControls { AnalogueGain = 3, ExposureValue = 1 }, session.State.Asked);
    }

    [Fact]
    public async Task UpdateAsync_Flood_ReachesTheCameraAndTheStoreWithTheLastValue()
    {
        var session = await LiveAsync();
        var slowSave = new TaskCompletionSource();
        store.BeforeSave = () => slowSave.Task;

        var updates = Enumerable.Range(1, 500)
            .Select(i => session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = 1 + (i / 100.0) }))
            .ToArray();
        slowSave.SetResult();
        await Task.WhenAll(updates);

        await Eventually.TrueAsync(() => camera.Applied[^1].Controls.AnalogueGain == 6, "the last value reaches the camera", Token);
        Assert.InRange(store.Saves, 1, 3);
        var again = await StartAsync();
        await Eventually.TrueAsync(() => again.State.Asked.AnalogueGain == 6, "a new session starts with the last value", Token);
    }

    [Fact]
    public async Task UpdateAsync_StoreFails_TellsTheCaller()
    {
        var session = await LiveAsync();
        store.BeforeSave = () => Task.FromException(new IOException("disk full"));

        var failed = await Assert.ThrowsAsync<SettingNotStoredException>(
            () => session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = 2 }));

        Assert.Contains("disk full", failed.Message, StringComparison.Ordinal);
        Assert.Equal(2, session.State.Asked.AnalogueGain);
    }

    [Fact]
    public async Task Start_StoredForAnotherCamera_FitsWhatThisOneTakes()
    {
        await store.SaveAsync(
            "camera.controls",
            new CameraControls { AnalogueGain = 99, AwbMode = AwbMode.Fluorescent, ExposureTime = TimeSpan.FromMilliseconds(5) },
            Token);
        camera.Capabilities = FakeCamera.EveryControl with { ExposureTime = null };

        var session = await LiveAsync();

        Assert.Equal(new CameraControls { AnalogueGain = 16 }, session.State.Asked);
    }

    [Fact]
    public async Task CameraLost_WhileLive_SaysWhyWaitsAndComesBackWithTheSameControls()
    {
        var session = await LiveAsync();
        await session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = 4 });

        camera.Lose("the cable came off");
        await Eventually.TrueAsync(() => session.State.Condition == CameraCondition.Lost, "the loss shows", Token);
        Assert.Equal("the cable came off", session.State.Reason);
        Assert.NotNull(session.State.RetryAt);
        Assert.NotNull(session.Frames.Latest);

        await AdvanceUntilAsync(() => camera.Opened == 2);
        camera.Send();
        await Eventually.TrueAsync(() => session.State.Condition == CameraCondition.Live, "it is live again", Token);
        Assert.Equal(4, camera.Applied[^1].Controls.AnalogueGain);
        Assert.Null(session.State.Reason);
    }

    [Fact]
    public async Task CameraLost_NeverOpens_BacksOffToAtMostEightStartsAMinute()
    {
        camera.RefuseToOpen("no camera");
        var starts = 0;
        var session = Create(new FakeSetup());
        session.Changed += () => starts += session.State.Condition == CameraCondition.Starting ? 1 : 0;
        await session.StartAsync(Token);

        for (var i = 0; i < 600; i++)
        {
            await Eventually.TrueAsync(() => session.State.Condition == CameraCondition.Lost, "it waits", Token);
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.InRange(starts, 4, 8);
        Assert.Equal("no camera", session.State.Reason);
    }

    [Fact]
    public async Task UpdateAsync_NoCameraYet_SaysWhy()
    {
        camera.RefuseToOpen("No camera found.");
        var session = await StartAsync();
        await Eventually.TrueAsync(() => session.State.Condition == CameraCondition.Lost, "it is lost", Token);

        var lost = await Assert.ThrowsAsync<CameraLostException>(
            () => session.UpdateAsync(Callers.Operator, c => c with { AnalogueGain = 2 }));

        Assert.Equal("No camera found.", lost.Message);
    }

    private CameraSession Create(FakeSetup setup)
    {
        var session = new CameraSession(
            camera, setup, new PrivacySwitch(store, time), store, time, NullLogger<CameraSession>.Instance);
        sessions.Add(session);

        // Somebody watches, or nothing would be encoded.
        session.Frames.Subscribe();
        return session;
    }

    private async Task<CameraSession> StartAsync(FakeSetup? setup = null)
    {
        var session = Create(setup ?? new FakeSetup());
        await session.StartAsync(Token);
        return session;
    }

    private async Task<CameraSession> LiveAsync()
    {
        var session = await StartAsync();
        await Eventually.TrueAsync(() => camera.Opened == 1, "the camera opens", Token);
        await FrameAsync(session);
        Assert.Equal(CameraCondition.Live, session.State.Condition);
        return session;
    }

    private async Task FrameAsync(CameraSession session, PiCam.Core.Frames.FrameMetadata? metadata = null)
    {
        var before = session.Frames.Latest?.Sequence ?? 0;
        await Eventually.TrueAsync(() => session.State.Capabilities is not null, "the session knows the camera", Token);
        camera.Send(metadata: metadata);

        // The metadata is taken in after the frame is published.
        await Eventually.TrueAsync(
            () => session.Frames.Latest?.Sequence > before && ReferenceEquals(session.State.Actual, session.Frames.Latest.Metadata),
            "a frame comes through", Token);
    }

    private async Task AdvanceUntilAsync(Func<bool> condition) => await Eventually.TrueAsync(
        () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return condition();
        },
        "it happens as time goes by", Token);
}
