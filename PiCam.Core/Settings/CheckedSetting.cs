namespace PiCam.Core.Settings;

/// <summary>Settings that people change as a whole: in force at once, never with a value that cannot be used, kept across restarts.</summary>
/// <typeparam name="T">All of them; immutable.</typeparam>
internal sealed class CheckedSetting<T>
    where T : class
{
    private readonly ISettingsStore store;
    private readonly string key;
    private readonly Func<T, IReadOnlyList<InvalidValue>> check;
    private readonly SettingWriter<T> writer;
    private readonly Lock gate = new();
    private T value;

    /// <param name="store">Where they are kept.</param>
    /// <param name="key">Under which name.</param>
    /// <param name="usual">What they are until somebody changes them.</param>
    /// <param name="check">What is wrong with some; empty when all is well.</param>
    public CheckedSetting(ISettingsStore store, string key, T usual, Func<T, IReadOnlyList<InvalidValue>> check)
    {
        this.store = store;
        this.key = key;
        this.check = check;
        value = usual;
        writer = new SettingWriter<T>(store, key, () => Value);
    }

    /// <summary>Somebody changed <see cref="Value"/>. Raised on any thread, outside the lock.</summary>
    public event Action? Changed;

    /// <summary>What is in force.</summary>
    public T Value
    {
        get
        {
            lock (gate)
            {
                return value;
            }
        }
    }

    /// <summary>Changes them. In force at once, and stored when this returns.</summary>
    /// <param name="change">Makes the new settings from the present ones; called with them locked.</param>
    /// <exception cref="InvalidValueException">They cannot be used; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">They are in force, but a restart would forget them.</exception>
    public async Task ChangeAsync(Func<T, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (gate)
        {
            var next = change(value);
            value = check(next) is { Count: > 0 } errors ? throw new InvalidValueException(errors) : next;
        }

        Changed?.Invoke();
        await writer.WriteAsync().ConfigureAwait(false);
    }

    /// <summary>Takes over what was stored, if it can be used.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="isWhole">Whether all is there that <c>check</c> looks at, in what an older version stored; null: it always is.</param>
    public async Task LoadAsync(CancellationToken cancellationToken, Func<T, bool>? isWhole = null)
    {
        if (await store.LoadAsync<T>(key, cancellationToken).ConfigureAwait(false) is { } stored
            && isWhole?.Invoke(stored) != false && check(stored).Count == 0)
        {
            lock (gate)
            {
                value = stored;
            }
        }
    }
}
