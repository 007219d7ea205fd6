using PiCam.Core.Access;
using PiCam.Core.Settings;

namespace PiCam.Core.Privacy;

/// <summary>
/// The one switch that keeps the camera off, for everybody and for everything that would use it, until an Administrator
/// switches it back. It survives a restart.
/// </summary>
public sealed class PrivacySwitch
{
    private const string SettingKey = "privacy";

    private readonly ISettingsStore store;
    private readonly TimeProvider time;
    private readonly IAuditTrail? audit;
    private readonly SettingWriter<PrivacyState> writer;
    private readonly Lock gate = new();
    private PrivacyState state = PrivacyState.Off;
    private TaskCompletionSource off = Completed();

    public PrivacySwitch(ISettingsStore store, TimeProvider time, IAuditTrail? audit = null)
    {
        this.store = store;
        this.time = time;
        this.audit = audit;
        writer = new SettingWriter<PrivacyState>(store, SettingKey, () => State);
    }

    /// <summary><see cref="State"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>Where the switch stands. Off until <see cref="LoadAsync"/>, before which no camera is opened.</summary>
    public PrivacyState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>Switches. In force at once, and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.TurnPrivacyOn"/>, or <see cref="Permission.TurnPrivacyOff"/>.</param>
    /// <param name="on">True: the camera goes off.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task SetAsync(Caller caller, bool on)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(on ? Permission.TurnPrivacyOn : Permission.TurnPrivacyOff);
        if (Enter(new PrivacyState(on, caller.Name, time.GetUtcNow())))
        {
            audit?.Record(caller, on ? AuditAction.PrivacyOn : AuditAction.PrivacyOff);
            await writer.WriteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes over what was stored.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<PrivacyState>(SettingKey, cancellationToken).ConfigureAwait(false) is { } stored)
        {
            Enter(stored);
        }
    }

    /// <summary>Returns when the switch is off.</summary>
    internal async Task WhenOffAsync(CancellationToken cancellationToken)
    {
        Task waiting;
        lock (gate)
        {
            waiting = off.Task;
        }

        await waiting.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private bool Enter(PrivacyState next)
    {
        TaskCompletionSource? released = null;
        lock (gate)
        {
            if (next.IsOn == state.IsOn)
            {
                return false;
            }

            state = next;
            if (next.IsOn)
            {
                off = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else
            {
                released = off;
            }
        }

        Changed?.Invoke();
        released?.SetResult();
        return true;
    }
}
