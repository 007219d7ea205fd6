using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Live;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Frames.Sizes;
using PiCam.Core.Privacy;
using PiCam.Core.Viewing;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live.Transports;

/// <summary>A live session, a camera that the test plays, and a page that the test plays too.</summary>
internal sealed class TransportRig : IAsyncDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private readonly CancellationTokenSource pageGone = new();
    private readonly FrameSizes sizes;
    private byte number;

    public TransportRig()
    {
        var store = new MemorySettingsStore();
        Privacy = new PrivacySwitch(store, Time);
        Session = new CameraSession(Camera, new FakeSetup(), Privacy, store, Time, NullLogger<CameraSession>.Instance);
        Viewers = new Viewers(Time);
        Statistics = new ViewerStatistics(Time);
        sizes = new FrameSizes(Session, NullLogger<FrameSizes>.Instance);
        Source = new LiveSource(Callers.Viewer, Session, sizes, Viewers, Statistics, Time, pageGone.Token) { First = FrameSize.Whole };
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeCamera Camera { get; } = new();

    public PrivacySwitch Privacy { get; }

    public CameraSession Session { get; }

    public Viewers Viewers { get; }

    public ViewerStatistics Statistics { get; }

    public LiveSource Source { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts the camera and has the transport watch.</summary>
    /// <returns>The watching; ends after <see cref="LeaveAsync"/>.</returns>
    public async Task<Task> WatchAsync(ILiveTransport transport)
    {
        await Session.StartAsync(Token);
        await sizes.StartAsync(Token);
        await Eventually.TrueAsync(() => Session.State.Capabilities is not null, "the camera is open", Token);
        return Task.Run(() => transport.WatchAsync(leaving.Token), Token);
    }

    /// <summary>Nobody looks any more, or the connection is cut.</summary>
    public Task LeaveAsync() => leaving.CancelAsync();

    /// <summary>The camera delivers one more picture; returns when it is published.</summary>
    public async Task<byte[]> SendAsync(FrameMetadata? metadata = null)
    {
        byte[] jpeg = [.. FakeCamera.Jpeg, ++number];
        await Eventually.TrueAsync(() => Session.Frames.Wanted, "somebody watches", Token);
        Camera.Send(jpeg, metadata);
        await Eventually.TrueAsync(() => ReferenceEquals(Session.Frames.Latest?.Jpeg, jpeg), "the frame is published", Token);
        return jpeg;
    }

    public static Task UntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(condition, what, Token);

    /// <summary>Moves the clock on, a little at a time, until <paramref name="condition"/> holds.</summary>
    /// <returns>How far it went.</returns>
    public async Task<TimeSpan> AdvanceUntilAsync(Func<bool> condition, string what)
    {
        var started = Time.GetTimestamp();
        await UntilAsync(
            () =>
            {
                if (condition())
                {
                    return true;
                }

                Time.Advance(TimeSpan.FromMilliseconds(100));
                return false;
            },
            what);
        return Time.GetElapsedTime(started);
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await pageGone.CancelAsync();
        await sizes.StopAsync(CancellationToken.None);
        await Session.StopAsync(CancellationToken.None);
        Session.Dispose();
        sizes.Dispose();
        leaving.Dispose();
        pageGone.Dispose();
    }
}
