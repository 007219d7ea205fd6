using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Privacy;
using Xunit;

namespace PiCam.Tests.Fixtures;

/// <summary>A session on a camera, by the real clock, with one viewer.</summary>
public sealed class RunningSession : IAsyncDisposable
{
    private readonly MemorySettingsStore store = new();
    private readonly FrameSubscription viewer;

    private RunningSession(ICamera camera)
    {
        Session = new CameraSession(
            camera, new FakeSetup(), new PrivacySwitch(store, TimeProvider.System), store, TimeProvider.System, NullLogger<CameraSession>.Instance);
        viewer = Session.Frames.Subscribe();
    }

    public CameraSession Session { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts it, without waiting for a picture.</summary>
    public static async Task<RunningSession> BeginAsync(ICamera camera)
    {
        var running = new RunningSession(camera);
        await running.Session.StartAsync(Token);
        return running;
    }

    /// <summary>Starts it, and waits for a picture.</summary>
    public static async Task<RunningSession> StartAsync(ICamera camera)
    {
        var running = await BeginAsync(camera);
        await running.LiveAsync();
        return running;
    }

    /// <summary>Waits until the camera is live.</summary>
    public Task LiveAsync() => Eventually.TrueAsync(() => Session.State.Condition == CameraCondition.Live, "the camera is live", Token);

    /// <summary>Waits until the camera is lost for a reason, and then live again.</summary>
    public async Task LostAndLiveAgainAsync()
    {
        await Eventually.TrueAsync(() => Session.State.Condition == CameraCondition.Lost, "the camera is lost", Token);
        Assert.NotNull(Session.State.Reason);
        await LiveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        viewer.Dispose();
        await Session.StopAsync(CancellationToken.None);
        Session.Dispose();
    }
}
