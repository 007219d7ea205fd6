namespace PiCam.Core.Settings;

/// <summary>
/// Stores one setting that may change faster than it can be written (a dragged slider): one write at a time, the newest
/// value wins, and everyone who asked waits until their value, or a newer one, is on disk.
/// </summary>
internal sealed class SettingWriter<T>(ISettingsStore store, string key) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private T? newest;
    private long newestNumber;
    private long writtenNumber;

    /// <summary>Returns when <paramref name="value"/> or a newer one is stored. Throws what the store throws.</summary>
    public async Task WriteAsync(T value)
    {
        long mine;
        lock (gate)
        {
            newest = value;
            mine = ++newestNumber;
        }

        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            T writing;
            long number;
            lock (gate)
            {
                if (writtenNumber >= mine)
                {
                    return;
                }

                writing = newest!;
                number = newestNumber;
            }

            // Not cancelled with the request: the change is already in force, so it belongs on disk.
            await store.SaveAsync(key, writing, CancellationToken.None).ConfigureAwait(false);
            lock (gate)
            {
                writtenNumber = number;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
