namespace PiCam.Core.Settings;

/// <summary>Keeps small settings across restarts, one value per key.</summary>
public interface ISettingsStore
{
    /// <summary>The stored value, or null when there is none or it can no longer be read as <typeparamref name="T"/>.</summary>
    ValueTask<T?> LoadAsync<T>(string key, CancellationToken cancellationToken) where T : class;

    /// <summary>Stores <paramref name="value"/>; when this returns it is on disk (old or new, never neither).</summary>
    ValueTask SaveAsync<T>(string key, T value, CancellationToken cancellationToken) where T : class;

    /// <summary>Forgets the value; fine when there is none.</summary>
    ValueTask RemoveAsync(string key, CancellationToken cancellationToken);
}
