namespace PiCam.Core.Settings;

/// <summary>A list of things that people made, kept across restarts as one setting. Readers get the whole list as it is now.</summary>
/// <typeparam name="T">One thing; immutable.</typeparam>
/// <typeparam name="TStored">How the list is stored.</typeparam>
internal sealed class StoredList<T, TStored>
    where TStored : class
{
    private readonly ISettingsStore store;
    private readonly string key;
    private readonly Func<TStored, IReadOnlyList<T>?> fromStored;
    private readonly SettingWriter<TStored> writer;
    private readonly Lock gate = new();
    private IReadOnlyList<T> all = [];

    /// <param name="store">Where it is kept.</param>
    /// <param name="key">Under which name.</param>
    /// <param name="toStored">The list as it is stored.</param>
    /// <param name="fromStored">The list in what was stored; null where that holds none.</param>
    public StoredList(
        ISettingsStore store, string key, Func<IReadOnlyList<T>, TStored> toStored, Func<TStored, IReadOnlyList<T>?> fromStored)
    {
        this.store = store;
        this.key = key;
        this.fromStored = fromStored;
        writer = new(store, key, () => toStored(All));
    }

    /// <summary><see cref="All"/> changed. Raised on any thread, outside the lock.</summary>
    public event Action? Changed;

    /// <summary>The list as it is now.</summary>
    public IReadOnlyList<T> All
    {
        get
        {
            lock (gate)
            {
                return all;
            }
        }
    }

    /// <summary>Changes the list and stores it; when this returns it is on disk.</summary>
    /// <param name="change">Makes the new list from the present one; called with the list locked. What it throws leaves the list as it was.</param>
    /// <exception cref="SettingNotStoredException">The change is in force, but a restart would forget it.</exception>
    public async Task ChangeAsync(Func<IReadOnlyList<T>, IReadOnlyList<T>> change)
    {
        Set(change);
        await WriteAsync().ConfigureAwait(false);
    }

    /// <summary>Changes the list, for now in memory only: it reaches the disk with the next <see cref="WriteAsync"/>.</summary>
    /// <param name="change">As for <see cref="ChangeAsync"/>.</param>
    public void Set(Func<IReadOnlyList<T>, IReadOnlyList<T>> change)
    {
        lock (gate)
        {
            all = change(all);
        }

        Changed?.Invoke();
    }

    /// <summary>Stores the list as it is now; when this returns it is on disk.</summary>
    /// <exception cref="SettingNotStoredException">It could not be stored.</exception>
    public Task WriteAsync() => writer.WriteAsync();

    /// <summary>Takes over what was stored.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<TStored>(key, cancellationToken).ConfigureAwait(false) is { } stored && fromStored(stored) is { } list)
        {
            lock (gate)
            {
                all = list;
            }
        }
    }
}
