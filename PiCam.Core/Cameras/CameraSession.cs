using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Frames;
using PiCam.Core.Privacy;
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
    private readonly PrivacySwitch privacy;
    private readonly ISettingsStore store;
    private readonly TimeProvider time;
    private readonly ILogger<CameraSession> logger;
    private readonly IAuditTrail? audit;
    private readonly SettingWriter<CameraControls> writer;
    private readonly FrameRateMeter meter;
    private readonly Channel<bool> somethingToApply =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock gate = new();
    private readonly ControlConfirmation confirmation = new();
    private CameraCondition condition = CameraCondition.WaitingForSetup;
    private Reason? reason;
    private DateTimeOffset? retryAt;
    private CameraCapabilities? capabilities;
    private CameraControls asked = CameraControls.Automatic;
    private long version;
    private FrameMetadata? actual;
    private long dropped;
    private TimeSpan? restartGap;
    private CameraControls beforeNewest = CameraControls.Automatic;
    private Reason? refused;
    private bool somethingPending;
    private long? liveSince;
    private CancellationTokenSource interruption = new();

    public CameraSession(
        ICamera camera,
        ISetupState setup,
        PrivacySwitch privacy,
        ISettingsStore store,
        TimeProvider time,
        ILogger<CameraSession> logger,
        IAuditTrail? audit = null)
    {
        this.audit = audit;
        this.camera = camera;
        this.setup = setup;
        this.privacy = privacy;
        this.store = store;
        this.time = time;
        this.logger = logger;
        writer = new SettingWriter<CameraControls>(store, SettingKey, () => Desired().Controls);
        meter = new FrameRateMeter(time);
        privacy.Changed += ObeyPrivacy;
        Frames.WantedChanged += () => somethingToApply.Writer.TryWrite(true);
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
                    dropped)
                {
                    RestartGap = restartGap,
                    PausedForStill = running is { Capturing.IsCompleted: false, Stream.Capabilities.StillPausesStream: true },
                    Refused = refused,
                    PassedOver = camera.PassedOver,
                };
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
                throw new CameraLostException(reason ?? CameraLoss.NotStarted);
            }

            next = change(asked);
            var errors = CameraControlsRules.Check(next, capabilities);
            if (errors.Count > 0)
            {
                throw new InvalidValueException(errors);
            }

            Ask(next);
            refused = null;
        }

        somethingToApply.Writer.TryWrite(true);
        Changed?.Invoke();
        await writer.WriteAsync().ConfigureAwait(false);
        return next;
    }

    /// <summary>Closes the camera and opens it again, at once.</summary>
    /// <param name="caller">Needs <see cref="Permission.Restart"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public void Restart(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Restart);
        audit?.Record(caller, AuditAction.Restarted, "camera");
        Interrupt();
    }

    /// <summary>The newest picture of a live camera, else the first one that comes; a camera that nobody watches wakes for it.</summary>
    /// <param name="patience">How long to wait for one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null: none came in time.</returns>
    public async Task<Frame?> PictureAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var subscription = Frames.Subscribe();
        if (State.Condition == CameraCondition.Live && Frames.Latest is { } latest)
        {
            return latest;
        }

        using var waiting = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, cancellationToken);
        try
        {
            return await subscription.NextAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public override void Dispose()
    {
        privacy.Changed -= ObeyPrivacy;
        interruption.Dispose();
        oneCapture.Dispose();
        base.Dispose();
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

    private void ObeyPrivacy()
    {
        if (privacy.State.IsOn)
        {
            lock (gate)
            {
                Frames.Close();
            }
        }

        Interrupt();
    }

    private void Interrupt()
    {
        CancellationTokenSource current;
        lock (gate)
        {
            current = interruption;
        }

        current.Cancel();
    }

    private void Enter(CameraCondition newCondition, Reason? why, DateTimeOffset? until)
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
