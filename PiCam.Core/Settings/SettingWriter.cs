using System.Diagnostics.CodeAnalysis;

namespace PiCam.Core.Settings;

/// <summary>
/// Stores one setting that may change faster than it can be written (a dragged slider): one write at a time, the newest
/// value wins, and everyone who asked waits until their value, or a newer one, is on disk.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="key">Under which name.</param>
/// <param name="newest">Reads the value in force; whatever was in force when a write was asked for, or something newer.</param>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim without its wait handle holds nothing; a write may outlast its owner.")]
internal sealed class SettingWriter<T>(ISettingsStore store, string key, Func<T> newest)
    where T : class
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private long askedNumber;
    private long writtenNumber;

    /// <summary>Returns when the value that is in force now, or a newer one, is stored.</summary>
    /// <exception cref="SettingNotStoredException">It could not be stored.</exception>
    public async Task WriteAsync()
    {
        long mine;
        lock (gate)
        {
            mine = ++askedNumber;
        }

        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            long number;
            lock (gate)
            {
                if (writtenNumber >= mine)
                {
                    return;
                }

                number = askedNumber;
            }

            // Not cancelled with the request: the change is already in force, so it belongs on disk.
            await store.SaveAsync(key, newest(), CancellationToken.None).ConfigureAwait(false);
            lock (gate)
            {
                writtenNumber = number;
            }
        }
#pragma warning disable CA1031 // Whatever the store throws, it means the same to whoever made the change.
        catch (Exception reason)
#pragma warning restore CA1031
        {
            throw new SettingNotStoredException(reason);
        }
        finally
        {
            turn.Release();
        }
    }
}
