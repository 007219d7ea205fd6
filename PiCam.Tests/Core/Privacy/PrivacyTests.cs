using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Privacy;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Privacy;

/// <summary>The privacy switch, and the leases that keep a camera from encoding for nobody, on a real session.</summary>
public sealed class PrivacyTests : IAsyncDisposable
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
    public async Task SetAsync_On_ClosesTheCameraAndForgetsThePicture()
    {
        var (session, privacy) = await StartAsync();
        using var viewer = session.Frames.Subscribe();
        await FrameAsync(session);

        await privacy.SetAsync(Callers.Operator, on: true);
        Assert.Null(session.Frames.Latest);
        await Eventually.TrueAsync(() => session.State.Condition == CameraCondition.Private && !camera.IsOpen, "the camera is off", Token);

        Assert.True(viewer.IsClosed);
        Assert.Equal((true, "otto"), (privacy.State.IsOn, privacy.State.ChangedBy));
        Assert.Equal(1, camera.Opened);
    }

    [Fact]
    public async Task SetAsync_OnAndOffInAFlood_EndsWhereTheLastOneSaid()
    {
        var (session, privacy) = await StartAsync();
        using var viewer = session.Frames.Subscribe();
        for (var i = 0; i < 50; i++)
        {
            await privacy.SetAsync(Callers.Administrator, on: i % 2 == 0);
            camera.Send();
        }

        Assert.False(privacy.State.IsOn);
        await FrameAsync(session);

        await privacy.SetAsync(Callers.Administrator, on: true);
        await Eventually.TrueAsync(() => !camera.IsOpen, "the camera is off", Token);
        Assert.Null(session.Frames.Latest);
    }

    [Fact]
    public async Task Restart_WhilePrivate_StaysOffUntilItIsSwitchedBack()
    {
        var (session, privacy) = await StartAsync();
        await privacy.SetAsync(Callers.Administrator, on: true);
        await session.StopAsync(Token);
        var openedBefore = camera.Opened;

        var (after, privacyAfter) = await StartAsync(expectLive: false);
        await Eventually.TrueAsync(() => after.State.Condition == CameraCondition.Private, "it is private again", Token);
        Assert.Equal(openedBefore, camera.Opened);
        Assert.Equal("ana", privacyAfter.State.ChangedBy);

        await privacyAfter.SetAsync(Callers.Administrator, on: false);
        using var viewer = after.Frames.Subscribe();
        await FrameAsync(after);
    }

    [Fact]
    public async Task SetAsync_ByWhoMayNot_IsRefused()
    {
        var (_, privacy) = await StartAsync();

        await Assert.ThrowsAsync<AccessRefusedException>(() => privacy.SetAsync(Callers.Viewer, on: true));
        Assert.False(privacy.State.IsOn);
        await privacy.SetAsync(Callers.Operator, on: true);
        await Assert.ThrowsAsync<AccessRefusedException>(() => privacy.SetAsync(Callers.Operator, on: false));
        Assert.True(privacy.State.IsOn);
    }

    [Fact]
    public async Task Viewers_NoneLeft_NothingIsEncodedUntilOneComes()
    {
        var (session, _) = await StartAsync();
        await Eventually.TrueAsync(() => !camera.Encoding, "nobody watches, nothing is encoded", Token);

        var viewer = session.Frames.Subscribe();
        await FrameAsync(session);
        Assert.True(camera.Encoding);

        viewer.Dispose();
        await Eventually.TrueAsync(() => !camera.Encoding && session.Frames.Latest is null, "encoding stops, the old picture goes", Token);
        Assert.Equal(CameraCondition.Live, session.State.Condition);
        camera.Send();
        Assert.Null(session.Frames.Latest);
    }

    [Fact]
    public async Task Restart_ByAnAdministrator_OpensTheCameraAgainAtOnce()
    {
        var (session, _) = await StartAsync();
        Assert.Throws<AccessRefusedException>(() => session.Restart(Callers.Operator));

        session.Restart(Callers.Administrator);

        // No clock moves here, so there was no waiting either.
        await Eventually.TrueAsync(() => camera.Opened == 2, "it is open again", Token);
    }

    [Fact]
    public async Task Capabilities_ChangedByTheCamera_RefitWhatWasAsked()
    {
        var (session, _) = await StartAsync();
        await session.UpdateAsync(Callers.Operator, c => c with { FrameRate = 40 });

        camera.Capabilities = FakeCamera.EveryControl with { FrameRate = new(1, 15, 15) };
        await Eventually.TrueAsync(
            () =>
            {
                camera.Send();
                return session.State.Asked.FrameRate == 15;
            },
            "the rate fits the new mode",
            Token);
        await Eventually.TrueAsync(() => camera.Applied[^1].Controls.FrameRate == 15, "the camera is told", Token);
    }

    private async Task<(CameraSession Session, PrivacySwitch Privacy)> StartAsync(bool expectLive = true)
    {
        var privacy = new PrivacySwitch(store, time);
        var session = new CameraSession(camera, new FakeSetup(), privacy, store, time, NullLogger<CameraSession>.Instance);
        sessions.Add(session);
        await session.StartAsync(Token);
        if (expectLive)
        {
            await Eventually.TrueAsync(
                () =>
                {
                    camera.Send();
                    return session.State.Condition == CameraCondition.Live;
                },
                "it is live",
                Token);
        }

        return (session, privacy);
    }

    private async Task FrameAsync(CameraSession session) => await Eventually.TrueAsync(
        () =>
        {
            camera.Send();
            return session.Frames.Latest is not null;
        },
        "a picture comes through",
        Token);
}
