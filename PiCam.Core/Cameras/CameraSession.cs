using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Frames;
using PiCam.Core.Settings;

namespace PiCam.Core.Cameras;

/// <summary>
/// The only one that talks to the camera: opens it, publishes its frames, hands it the desired controls, opens it again
/// when it is lost.
/// </summary>
public sealed partial class CameraSession : BackgroundService
{
    private const string SettingKey = "camera.controls";

    // Fast enough for a tick on a slider to look alive, slow enough not to drown the pages in updates.
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(250);

    private readonly ICamera camera;
    private readonly ISetupState setup;
    private readonly ISettingsStore store;
    private readonly TimeProvider time;
    private readonly ILogger<CameraSession> logger;
    private readonly SettingWriter<CameraControls> writer;
    private readonly FrameRateMeter meter;
    private readonly Channel<bool> controlsChanged =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock gate = new();
    private readonly ControlConfirmation confirmation = new();
    private CameraCondition condition = CameraCondition.WaitingForSetup;
    private string? reason;
    private DateTimeOffset? retryAt;
    private CameraCapabilities? capabilities;
    private CameraControls asked = CameraControls.Automatic;
    private long version;
    private FrameMetadata? actual;
    private long dropped;
    private bool somethingPending;
    private long? liveSince;

    public CameraSession(
        ICamera camera, ISetupState setup, ISettingsStore store, TimeProvider time, ILogger<CameraSession> logger)
    {
        this.camera = camera;
        this.setup = setup;
        this.store = store;
        this.time = time;
        this.logger = logger;
        writer = new SettingWriter<CameraControls>(store, SettingKey, () => Desired().Controls);
        meter = new FrameRateMeter(time);
    }

    /// <summary>Where the frames come out.</summary>
    public FrameHub Frames { get; } = new();

    /// <summary>One line about the camera that this panel runs.</summary>
    public string Description => camera.Description;

    /// <summary>
    /// <see cref="State"/> changed: at once for what people do and for a loss, else a few times a second. Raised on any
    /// thread; handlers must return quickly and not throw.
    /// </summary>
    public event Action? Changed;

    /// <summary>What the camera is doing now.</summary>
    public CameraState State
    {
        get
        {
            lock (gate)
            {
                return new CameraState(
                    condition,
                    reason,
                    retryAt,
                    capabilities,
                    asked,
                    actual,
                    confirmation.Conditions(asked, actual, capabilities),
                    condition == CameraCondition.Live ? meter.FramesPerSecond : 0,
                    dropped);
            }
        }
    }

    /// <summary>Changes the desired controls. The new state is in force and stored when this returns; frames confirm it later.</summary>
    /// <param name="caller">Needs <see cref="Permission.AdjustPicture"/>.</param>
    /// <param name="change">Makes the new state from the present one; called once, under a lock, so it must be quick.</param>
    /// <returns>The new desired state.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The camera cannot take a value; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">The change is in force, but a restart would lose it.</exception>
    /// <exception cref="CameraLostException">No camera has run yet, so nobody knows what it can take.</exception>
    public async Task<CameraControls> UpdateAsync(Caller caller, Func<CameraControls, CameraControls> change)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(change);
        caller.Demand(Permission.AdjustPicture);
        CameraControls next;
        lock (gate)
        {
            if (capabilities is null)
            {
                throw new CameraLostException(reason ?? "The camera has not started yet.");
            }

            next = change(asked);
            var errors = CameraControlsRules.Check(next, capabilities);
            if (errors.Count > 0)
            {
                throw new InvalidValueException(errors);
            }

            Ask(next);
        }

        controlsChanged.Writer.TryWrite(true);
        Changed?.Invoke();
        await writer.WriteAsync().ConfigureAwait(false);
        return next;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await setup.WhenDoneAsync(stoppingToken).ConfigureAwait(false);
        var backoff = new Backoff(Random.Shared);
        var loaded = false;
        while (true)
        {
            Enter(CameraCondition.Starting, null, null);
            liveSince = null;
            try
            {
                if (!loaded)
                {
                    await LoadControlsAsync(stoppingToken).ConfigureAwait(false);
                    loaded = true;
                }

                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (CameraLostException lost)
            {
                LogLost(lost.Message);
                await WaitAsync(lost.Message).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever a camera driver throws, the panel lives on, says so, and tries again.
            catch (Exception unexpected)
#pragma warning restore CA1031
            {
                LogFailed(unexpected);
                await WaitAsync($"The camera failed: {unexpected.Message}").ConfigureAwait(false);
            }

            async Task WaitAsync(string why)
            {
                backoff.ReportHealthy(liveSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
                var wait = backoff.Next();
                Enter(CameraCondition.Lost, why, time.GetUtcNow() + wait);
                await Task.Delay(wait, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task LoadControlsAsync(CancellationToken cancellationToken)
    {
        var stored = await store.LoadAsync<CameraControls>(SettingKey, cancellationToken).ConfigureAwait(false);
        if (stored is not null)
        {
            lock (gate)
            {
                Ask(stored);
            }
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var (controls, openedWith) = Desired();
        await using var stream = await camera.OpenAsync(controls, openedWith, cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            capabilities = stream.Capabilities;
            Ask(CameraControlsRules.Fit(asked, capabilities));
        }

        meter.Reset();
        controlsChanged.Writer.TryWrite(true);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // On a thread of its own choosing: a camera that is always late would never let go of this one.
        var reading = Task.Run(() => ReadAsync(stream, ending.Token), CancellationToken.None);
        var applying = ApplyAsync(stream, openedWith, ending.Token);
        var ended = await Task.WhenAny(reading, applying).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(reading, applying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.ConfigureAwait(false);
    }

    private async Task ReadAsync(ICameraStream stream, CancellationToken cancellationToken)
    {
        var reported = 0L;
        while (true)
        {
            var frame = await stream.ReadAsync(cancellationToken).ConfigureAwait(false);
            liveSince ??= time.GetTimestamp();
            meter.Count();
            Frames.Publish(frame);
            bool news;
            lock (gate)
            {
                confirmation.Saw(frame.Metadata);
                actual = frame.Metadata;
                dropped = stream.DroppedFrames;
                news = condition != CameraCondition.Live;
                (condition, reason, retryAt) = (CameraCondition.Live, null, null);
                if (somethingPending)
                {
                    somethingPending = confirmation.Conditions(asked, actual, capabilities)
                        .Any(c => c.Value == ControlCondition.Pending);
                    news |= !somethingPending;
                }
            }

            if (news || time.GetElapsedTime(reported) >= ReportInterval)
            {
                reported = time.GetTimestamp();
                Changed?.Invoke();
            }
        }
    }

    // One update in flight; what changes meanwhile is one more update with the newest state.
    private async Task ApplyAsync(ICameraStream stream, long applied, CancellationToken cancellationToken)
    {
        while (true)
        {
            await controlsChanged.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var (controls, wanted) = Desired();
            if (wanted != applied)
            {
                await stream.ApplyAsync(controls, wanted, cancellationToken).ConfigureAwait(false);
                applied = wanted;
            }
        }
    }

    private (CameraControls Controls, long Version) Desired()
    {
        lock (gate)
        {
            return (asked, version);
        }
    }

    /// <summary>Call under the lock.</summary>
    private void Ask(CameraControls next)
    {
        if (next != asked)
        {
            confirmation.Changed(asked, next, ++version);
            asked = next;
            somethingPending = true;
        }
    }

    private void Enter(CameraCondition newCondition, string? why, DateTimeOffset? until)
    {
        lock (gate)
        {
            // The reason stays while it tries again, so that the page does not flicker between two sentences.
            reason = newCondition == CameraCondition.Starting ? reason : why;
            (condition, retryAt) = (newCondition, until);
        }

        Changed?.Invoke();
    }

    [LoggerMessage(LogLevel.Warning, "Camera lost: {Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(LogLevel.Error, "The camera failed")]
    private partial void LogFailed(Exception exception);
}
