using PiCam.Core.Settings;

namespace PiCam.Core.Stills;

/// <summary>Numbers pictures, for the <c>{counter}</c> of their names. A number is stored before it is given, so that none comes twice, whatever ends the panel.</summary>
internal sealed class PictureCounter
{
    private readonly ISettingsStore store;
    private readonly string key;
    private readonly SettingWriter<StoredCounter> writer;
    private long last;

    /// <param name="store">Where it is kept.</param>
    /// <param name="key">Under which name.</param>
    public PictureCounter(ISettingsStore store, string key)
    {
        this.store = store;
        this.key = key;
        writer = new SettingWriter<StoredCounter>(store, key, () => new(Interlocked.Read(ref last)));
    }

    /// <summary>The next number, 1 at first.</summary>
    /// <exception cref="SettingNotStoredException">It could not be stored, and must not be used.</exception>
    public async Task<long> NextAsync()
    {
        var number = Interlocked.Increment(ref last);
        await writer.WriteAsync().ConfigureAwait(false);
        return number;
    }

    /// <summary>Takes over what was stored.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<StoredCounter>(key, cancellationToken).ConfigureAwait(false) is { Last: > 0 } stored)
        {
            Interlocked.Exchange(ref last, stored.Last);
        }
    }

    /// <summary>As it is stored.</summary>
    /// <param name="Last">The newest number that was given; 0: none.</param>
    internal sealed record StoredCounter(long Last);
}
