using System.Collections.Concurrent;
using System.Text.Json;
using PiCam.Core.Settings;

namespace PiCam.Tests.Fixtures;

/// <summary>A settings store in memory that keeps JSON, as the real one does, and can be made slow or broken.</summary>
internal sealed class MemorySettingsStore : ISettingsStore
{
    private readonly ConcurrentDictionary<string, string> values = new();

    /// <summary>How often something was stored.</summary>
    public int Saves { get; private set; }

    /// <summary>Awaited in every save before it happens.</summary>
    public Func<Task> BeforeSave { get; set; } = () => Task.CompletedTask;

    public ValueTask<T?> LoadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
        => ValueTask.FromResult(values.TryGetValue(key, out var json) ? JsonSerializer.Deserialize<T>(json) : null);

    public async ValueTask SaveAsync<T>(string key, T value, CancellationToken cancellationToken)
        where T : class
    {
        await BeforeSave();
        Saves++;
        values[key] = JsonSerializer.Serialize(value);
    }

    public ValueTask RemoveAsync(string key, CancellationToken cancellationToken)
    {
        values.TryRemove(key, out _);
        return ValueTask.CompletedTask;
    }
}
