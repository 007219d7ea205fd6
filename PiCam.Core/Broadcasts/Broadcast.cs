using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Core.Settings;
using PiCam.Core.Stills;

namespace PiCam.Core.Broadcasts;

/// <summary>Sends the live picture to one place in the network for as long as its owner wants, and tries again when that fails.</summary>
public sealed partial class Broadcast : BackgroundService
{
    private const string SettingKey = "broadcast";

    private readonly CameraSession camera;
    private readonly IBroadcaster broadcaster;
    private readonly TimeProvider time;
    private readonly ILogger<Broadcast> logger;
    private readonly IAuditTrail? audit;
    private readonly CheckedSetting<BroadcastSettings> settings;
    private readonly Lock gate = new();
    private BroadcastState state;
    private CancellationTokenSource changing = new();
    private BroadcastSettings? inForce;

    public Broadcast(CameraSession camera, IBroadcaster broadcaster, ISettingsStore store, TimeProvider time, ILogger<Broadcast> logger, IAuditTrail? audit = null)
    {
        this.audit = audit;
        ArgumentNullException.ThrowIfNull(time);
        this.camera = camera;
        this.broadcaster = broadcaster;
        this.time = time;
        this.logger = logger;
        settings = new(store, SettingKey, new(), Check);
        state = new(BroadcastCondition.Off, time.GetUtcNow());
        settings.Changed += BeginAnew;
    }

    /// <summary><see cref="State"/>, <see cref="Target"/>, <see cref="IsOn"/> or <see cref="Quality"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>How it stands.</summary>
    public BroadcastState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>Where to, without what nobody may see; null: nowhere yet.</summary>
    public string? Target => settings.Value.Address is { } address ? broadcaster.Describe(address) : null;

    /// <summary>Whether it is to be sent.</summary>
    public bool IsOn => settings.Value.IsOn;

    /// <summary>Of the H.264, 1 to 100.</summary>
    public int Quality => settings.Value.Quality;

    /// <summary>Says where the live picture is sent, how, and whether. In force at once, and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.Broadcast"/>.</param>
    /// <param name="change">Makes the new settings from the present ones.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">They cannot be used; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">They are in force, but a restart would forget them.</exception>
    public async Task SetAsync(Caller caller, Func<BroadcastSettings, BroadcastSettings> change)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Broadcast);
        await settings.ChangeAsync(change).ConfigureAwait(false);
        audit?.Record(caller, AuditAction.SettingChanged, $"broadcast: {Target}{(IsOn ? "" : " (off)")}");
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await settings.LoadAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        changing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(Random.Shared);
        while (true)
        {
            CancellationToken changed;
            lock (gate)
            {
                changed = changing.Token;
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(changed, stoppingToken);
            var wanted = settings.Value;
            var fault = wanted.IsOn ? await TrySendAsync(wanted, backoff, over.Token).ConfigureAwait(false) : null;
            stoppingToken.ThrowIfCancellationRequested();
            if (changed.IsCancellationRequested)
            {
                backoff = new Backoff(Random.Shared);
                continue;
            }

            if (!wanted.IsOn)
            {
                Set(new(BroadcastCondition.Off, time.GetUtcNow()));
                await Task.Delay(Timeout.InfiniteTimeSpan, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else if (fault is not null)
            {
                var (wait, now) = (backoff.Next(), time.GetUtcNow());
                LogFailed(fault.English);
                Set(new(BroadcastCondition.Waiting, now) { RetryAt = now + wait, Fault = fault });
                await Task.Delay(wait, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Why it ended; null: the camera began anew, or somebody changed the settings.</returns>
    private async Task<Reason?> TrySendAsync(BroadcastSettings wanted, Backoff backoff, CancellationToken over)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(over);
        long? since = null;
        try
        {
            Set(new(BroadcastCondition.Connecting, time.GetUtcNow()) { Fault = State.Fault });
            using var subscription = camera.Frames.Subscribe();
            var first = await subscription.NextAsync(over).ConfigureAwait(false);
            while (camera.State.Condition != CameraCondition.Live)
            {
                // The frame that makes it live is here before it is called so.
                first = await subscription.NextAsync(over).ConfigureAwait(false);
            }

            // Not before: while it starts there is nothing to end.
            camera.Changed += EndWithoutPicture;
            EndWithoutPicture();
            var plan = RecordingPlan.Of(first, RecordingFormat.H264, wanted.Quality) with { Turn = ExifOrientation.Of(camera.State) };
            await broadcaster.SendAsync(
                plan,
                wanted.Address!,
                FramesAsync(subscription, first, plan.Turn, ending.Token),
                () =>
                {
                    since = time.GetTimestamp();
                    Set(new(BroadcastCondition.Sending, time.GetUtcNow()));
                },
                ending.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return null;
        }
        catch (ReasonException failed)
        {
            return failed.Reason;
        }
#pragma warning disable CA1031 // Whatever fails is told, and tried again.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            return BroadcastFault.Failed(unexpected.Message.TrimEnd('.'));
        }
        finally
        {
            camera.Changed -= EndWithoutPicture;
            if (since is { } at)
            {
                backoff.ReportHealthy(time.GetElapsedTime(at));
            }
        }

        // Who switched the camera off wants the receiver to show nothing, not the last picture; nor is one that is lost being sent.
        void EndWithoutPicture()
        {
            if (camera.State.Condition != CameraCondition.Live)
            {
                try
                {
                    ending.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // It has ended by itself just now.
                }
            }
        }
    }

    /// <summary>Every frame that the receiver can follow, until the picture is turned: that is another film.</summary>
    private async IAsyncEnumerable<Frame> FramesAsync(FrameSubscription subscription, Frame first, int turn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var frame = first; ExifOrientation.Of(camera.State) == turn; frame = await subscription.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return frame;
        }
    }

    /// <summary>Ends what is being sent if it is not what is wanted now.</summary>
    private void BeginAnew()
    {
        CancellationTokenSource? before = null;
        lock (gate)
        {
            if (settings.Value is var now && now != inForce)
            {
                inForce = now;
                (before, changing) = (changing, new CancellationTokenSource());
            }
        }

        _ = before?.CancelAsync();
        Changed?.Invoke();
    }

    private IReadOnlyList<InvalidValue> Check(BroadcastSettings now) =>
    [
        .. now.Check(),
        .. now.Address is { } address && broadcaster.Describe(address) is null ? [new InvalidValue("address", "***", BroadcastFault.AnAddress)] : (InvalidValue[])[],
        .. now is { IsOn: true, Address: null } ? [new InvalidValue("on", "true", BroadcastFault.AddressFirst)] : (InvalidValue[])[],
    ];

    private void Set(BroadcastState next)
    {
        lock (gate)
        {
            state = next;
        }

        Changed?.Invoke();
    }

    [LoggerMessage(LogLevel.Warning, "The live picture is not sent: {Reason}")]
    private partial void LogFailed(string reason);
}
