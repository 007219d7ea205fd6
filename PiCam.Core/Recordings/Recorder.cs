using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Settings;
using PiCam.Core.Stills;
using PiCam.Core.Viewing;

namespace PiCam.Core.Recordings;

/// <summary>
/// Records the camera's stream into the library, one recording at a time, for as long as anybody wants it: a button and a schedule at
/// once make one recording, not two. What was just before is in it, and no frame is missing between its files.
/// </summary>
public sealed class Recorder : IHostedService
{
    /// <summary>The longest that a recording can be asked for; without a time it has no end.</summary>
    public static readonly TimeSpan LongestDuration = TimeSpan.FromDays(7);

    private const string SettingKey = "recordings";

    // So often people see how long and large it is.
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private readonly CameraSession camera;
    private readonly RecordingParts parts;
    private readonly TimeProvider time;
    private readonly IAuditTrail? audit;
    private readonly ILogger<Recorder> logger;
    private readonly CheckedSetting<RecordingSettings> settings;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (RecordingReason Reason, ITimer? End)> reasons = [];
    private RecorderState state = new();
    private RecordingRun? run;
    private Task writing = Task.CompletedTask;
    private long reported;

    public Recorder(
        CameraSession camera, RecordingParts parts, Viewers viewers, ISettingsStore store, TimeProvider time, ILogger<Recorder> logger, IAuditTrail? audit = null)
    {
        this.audit = audit;
        this.camera = camera;
        this.parts = parts;
        this.time = time;
        this.logger = logger;
        settings = new(store, SettingKey, new(), s => s.Check());
        settings.Changed += () =>
        {
            Prepare();
            Changed?.Invoke();
        };

        // Who presses the button has a page open. For a program that reads the stream day and night it would be memory for nothing.
        camera.Frames.Ring.KeepWhile(() => viewers.HasPage);
        Prepare();
    }

    /// <summary><see cref="State"/> or <see cref="Settings"/> changed: while it records, about once a second. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>What it does now.</summary>
    public RecorderState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>How it records.</summary>
    public RecordingSettings Settings => settings.Value;

    /// <summary>Changes how it records. In force at once, of a recording that is under way from its next file on, and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="change">Makes the new settings from the present ones.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">They cannot be used; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">They are in force, but a restart would forget them.</exception>
    public async Task SetAsync(Caller caller, Func<RecordingSettings, RecordingSettings> change)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        await settings.ChangeAsync(change).ConfigureAwait(false);
        audit?.Record(caller, AuditAction.SettingChanged, "recordings");
    }

    /// <summary>Records, or goes on recording, because people want it.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="duration">How long from now; null: until somebody stops it.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The duration cannot be used.</exception>
    /// <exception cref="CameraLostException">The camera is not live.</exception>
    /// <exception cref="Media.MediaStorageException">Nothing can be kept now.</exception>
    public RecorderState Start(Caller caller, TimeSpan? duration = null) => Start(caller, RecordingReason.People, duration);

    /// <summary>As <see cref="Start(Caller, TimeSpan?)"/>, for a reason of its own beside others that there may be.</summary>
    internal RecorderState Start(Caller caller, string reason, TimeSpan? duration)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        if (duration is { } given && CheckDuration(given) is { Count: > 0 } errors)
        {
            throw new InvalidValueException(errors);
        }

        var seen = camera.State;
        if (seen.Condition != CameraCondition.Live)
        {
            throw new CameraLostException(seen.WhyNot);
        }

        parts.DemandRoom();
        Begin(reason, caller.Name, duration);
        return State;
    }

    /// <summary>What is wrong with how long something is to record; empty when all is well.</summary>
    internal static IReadOnlyList<InvalidValue> CheckDuration(TimeSpan duration) => duration < TimeSpan.FromSeconds(1) || duration > LongestDuration
        ? [new("duration", string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds} s"), Allowed.Range("1", $"{LongestDuration.TotalSeconds} s"))]
        : [];

    /// <summary>Ends the recording, whatever the reasons for it were. Its last file is in the library soon after.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public RecorderState Stop(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        Forget(_ => true);
        return State;
    }

    /// <summary>Returns when nothing is written any more.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        Task last;
        lock (gate)
        {
            last = writing;
        }

        await last.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes over what was stored.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await settings.LoadAsync(cancellationToken).ConfigureAwait(false);
        Prepare();
    }

    /// <summary>Ends the recording, and returns when its last file is in the library.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Forget(_ => true);
        await WhenIdleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records for a reason, which may be one of several.</summary>
    /// <param name="id">Of the reason; the same one again takes the place of the one before.</param>
    /// <param name="by">Who or what wants it.</param>
    /// <param name="duration">How long from now; null: until it <see cref="End">ends</see>.</param>
    internal void Begin(string id, string by, TimeSpan? duration)
    {
        lock (gate)
        {
            reasons.Remove(id, out var before);
            before.End?.Dispose();
            var reason = new RecordingReason(id, by, time.GetUtcNow() + duration);
            reasons[id] = (reason, duration is { } length ? time.CreateTimer(_ => Forget(other => other == reason), null, length, Timeout.InfiniteTimeSpan) : null);
            if (run is null)
            {
                // What the last one still writes goes on beside it: it has its frames.
                state = new RecorderState { IsWriting = true };
                run = new RecordingRun(camera.Frames, parts, () => Settings, Turn, by, logger, Report);
                writing = WriteAsync(run, writing);
            }

            state = state with { Reasons = [.. reasons.Values.Select(r => r.Reason)] };
        }

        Changed?.Invoke();
    }

    /// <summary>A reason is none any more; the recording ends if it was the last one.</summary>
    internal void End(string id) => Forget(reason => reason.Id == id);

    private void Forget(Func<RecordingReason, bool> which)
    {
        lock (gate)
        {
            foreach (var (reason, end) in reasons.Values.Where(r => which(r.Reason)).ToList())
            {
                reasons.Remove(reason.Id);
                end?.Dispose();
            }

            state = state with { Reasons = [.. reasons.Values.Select(r => r.Reason)] };
            if (reasons.Count == 0)
            {
                run?.End();
                run = null;
            }
        }

        Changed?.Invoke();
    }

    // One encoder at a time: the next recording's frames wait until the last one's file is whole.
    private async Task WriteAsync(RecordingRun mine, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await mine.WriteAsync().ConfigureAwait(false);
        lock (gate)
        {
            if (ReferenceEquals(run, mine))
            {
                // It ended by itself: nobody wants a recording that does not go on.
                run = null;
                foreach (var (_, end) in reasons.Values)
                {
                    end?.Dispose();
                }

                reasons.Clear();
                state = state with { Reasons = [] };
            }

            if (run is null)
            {
                state = state with { IsWriting = false };
            }
        }

        Changed?.Invoke();
    }

    private void Report(RecordingRun from, Func<RecorderState, RecorderState> change, bool isNews)
    {
        lock (gate)
        {
            // A new recording has a state of its own; what the last one still writes is not seen there.
            if (run is not null && !ReferenceEquals(run, from))
            {
                return;
            }

            state = change(state);
            if (!isNews && time.GetElapsedTime(reported) < ReportInterval)
            {
                return;
            }

            reported = time.GetTimestamp();
        }

        Changed?.Invoke();
    }

    private int Turn() => ExifOrientation.Of(camera.State);

    private void Prepare()
    {
        var now = Settings;
        camera.Frames.Ring.Limit(now.PreRoll, now.PreRollMegabytes * 1_000_000L);
        camera.Frames.Ring.KeepReady(now.IsAlwaysReady && now.PreRoll > TimeSpan.Zero);
    }
}
