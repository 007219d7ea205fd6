using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Settings;

namespace PiCam.Core.Photography.Looks;

/// <summary>
/// "Lock this look": waits until automatic exposure and white balance have come to rest, and holds them there, for everybody,
/// also after a restart. What people have set by hand stays as it is. Says when the scene has drifted since.
/// </summary>
public sealed partial class LookLock : BackgroundService
{
    /// <summary>The most minutes after which it may be told to settle anew: a day.</summary>
    public const int MostMinutes = 1440;

    private const string SettingKey = "look.lock";

    private readonly CameraSession camera;
    private readonly ISettingsStore store;
    private readonly TimeProvider time;
    private readonly ILogger<LookLock> logger;
    private readonly SettingWriter<StoredLock> writer;

    // One transition at a time; the gate guards the values only. Lock order: turn, gate, the session's.
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private LookState state = LookState.Free;
    private SceneLight? reference;
    private bool isWritten = true;

    public LookLock(CameraSession camera, ISettingsStore store, TimeProvider time, ILogger<LookLock> logger)
    {
        ArgumentNullException.ThrowIfNull(camera);
        this.camera = camera;
        this.store = store;
        this.time = time;
        this.logger = logger;
        writer = new SettingWriter<StoredLock>(store, SettingKey, ToStore);
        camera.Changed += LetGo;
        Changed += () => changes.Writer.TryWrite(true);
    }

    /// <summary>
    /// <see cref="State"/> changed; several times a second while settling. Raised on any thread; handlers must return quickly
    /// and not throw.
    /// </summary>
    public event Action? Changed;

    /// <summary>Where it stands.</summary>
    public LookState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>Whether there is anything to lock: the camera's exposure can be set, and it says which one it uses.</summary>
    public bool Exists => FrozenControls.CanFreeze(camera.State);

    /// <summary>Begins to settle, and locks then; nothing if it does so already.</summary>
    /// <param name="caller">Needs <see cref="Permission.AdjustPicture"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="LookLockMissingException">The exposure of this camera cannot be frozen.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public Task LockAsync(Caller caller) => TransitAsync(caller, () =>
        State.Condition == LookCondition.Free ? SettleNowAsync(caller.Name) : Task.CompletedTask);

    /// <summary>Releases what is frozen, lets it come to rest again, and locks then; as <see cref="LockAsync"/> when nothing is locked.</summary>
    /// <inheritdoc cref="LockAsync"/>
    public Task SettleAsync(Caller caller) => TransitAsync(caller, () =>
        State.Condition == LookCondition.Settling ? Task.CompletedTask : SettleNowAsync(caller.Name));

    /// <summary>Makes automatic again what the lock holds, or ends the wait for it.</summary>
    /// <param name="caller">Needs <see cref="Permission.AdjustPicture"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="CameraLostException">No camera has run yet.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task ReleaseAsync(Caller caller)
    {
        Demand(caller);
        await InTurnAsync(async () =>
        {
            var frozen = State.Frozen;
            if (State.Condition == LookCondition.Locked && frozen != FrozenControls.Nothing)
            {
                Enter(Now(LookCondition.Free, caller.Name), null);
                await camera.UpdateAsync(Caller.System, frozen.Release).ConfigureAwait(false);
            }
            else if (State.Condition != LookCondition.Free)
            {
                Enter(Now(LookCondition.Free, caller.Name), null);
            }

            await WriteAsync().ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Says after how many minutes a locked look settles anew by itself.</summary>
    /// <param name="caller">Needs <see cref="Permission.AdjustPicture"/>.</param>
    /// <param name="minutes">0 to <see cref="MostMinutes"/>; 0: never.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">It lies beyond.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task SettleEveryAsync(Caller caller, int minutes)
    {
        Demand(caller);
        if (minutes is < 0 or > MostMinutes)
        {
            throw new InvalidValueException(new InvalidValue("settleEveryMinutes", $"{minutes} min", Allowed.WholeRange("0 min", $"{MostMinutes} min")));
        }

        await InTurnAsync(() =>
        {
            Change(s => s with { SettleEveryMinutes = minutes }, lasting: true);
            return WriteAsync();
        }).ConfigureAwait(false);
    }

    /// <summary>The controls as they would be without what the lock holds.</summary>
    public CameraControls WithoutLock(CameraControls controls) => State.Frozen.Release(controls);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<StoredLock>(SettingKey, cancellationToken).ConfigureAwait(false) is { State: not null } stored)
        {
            Enter(stored.State, stored.Reference);
            isWritten = true;
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        camera.Changed -= LetGo;
        turn.Dispose();
        base.Dispose();
    }

    private static void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.AdjustPicture);
    }

    private async Task TransitAsync(Caller caller, Func<Task> transition)
    {
        Demand(caller);
        if (!Exists)
        {
            throw new LookLockMissingException();
        }

        await InTurnAsync(transition).ConfigureAwait(false);
    }

    private async Task InTurnAsync(Func<Task> transition)
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await transition().ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Call in turn.</summary>
    private async Task SettleNowAsync(string by)
    {
        // First, so that what is released here does not look as if somebody had taken it.
        var frozen = State.Frozen;
        Enter(Now(LookCondition.Settling, by), null);
        if (frozen != FrozenControls.Nothing)
        {
            await camera.UpdateAsync(Caller.System, frozen.Release).ConfigureAwait(false);
        }

        await WriteAsync().ConfigureAwait(false);
    }

    /// <summary>A frozen control that somebody has set otherwise is theirs; when nothing is held any more, the lock is open.</summary>
    private void LetGo()
    {
        bool news;
        lock (gate)
        {
            // Read under the gate: an older reading could be from before the controls were frozen.
            if (state.Condition != LookCondition.Locked || camera.State is not { Capabilities: not null } now)
            {
                return;
            }

            var still = state.Frozen.Fit(now.Capabilities).StillIn(now.Asked);
            var open = still == FrozenControls.Nothing && FrozenControls.AnyAutomatic(now.Asked, now.Capabilities);
            news = open || still != state.Frozen;
            if (open)
            {
                (state, reference) = (Now(LookCondition.Free, state.By), null);
            }
            else if (news)
            {
                state = state with { Frozen = still };
            }

            isWritten &= !news;
        }

        if (news)
        {
            Changed?.Invoke();
        }
    }

    private LookState Now(LookCondition condition, string? by) =>
        new(condition, by, time.GetUtcNow()) { SettleEveryMinutes = state.SettleEveryMinutes };

    private void Enter(LookState next, SceneLight? light)
    {
        lock (gate)
        {
            (state, reference, isWritten) = (next, light, false);
        }

        Changed?.Invoke();
    }

    private void Change(Func<LookState, LookState> change, bool lasting)
    {
        lock (gate)
        {
            var next = change(state);
            if (next == state)
            {
                return;
            }

            state = next;
            isWritten &= !lasting;
        }

        Changed?.Invoke();
    }

    private async Task WriteAsync()
    {
        lock (gate)
        {
            if (isWritten)
            {
                return;
            }

            isWritten = true;
        }

        await writer.WriteAsync().ConfigureAwait(false);
    }

    private StoredLock ToStore()
    {
        lock (gate)
        {
            return new StoredLock(state with { Progress = 0, DriftStops = null, HasDrifted = false }, reference);
        }
    }
}
