using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Settings;

namespace PiCam.Core.Clocks;

/// <summary>Where this camera stands; kept across restarts. Nobody knows it until somebody says so.</summary>
public sealed class PlaceSetting : IHostedService
{
    private const string SettingKey = "place";

    private readonly ISettingsStore store;
    private readonly IAuditTrail? audit;
    private readonly SettingWriter<Place> writer;
    private volatile Place? value;

    public PlaceSetting(ISettingsStore store, IAuditTrail? audit = null)
    {
        this.audit = audit;
        this.store = store;
        writer = new(store, SettingKey, () => value!);
    }

    /// <summary><see cref="Value"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>Null: nobody has said so yet.</summary>
    public Place? Value => value;

    /// <summary>Says where the camera stands.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="place">Where.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">It is not on Earth.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task SetAsync(Caller caller, Place place)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(place);
        caller.Demand(Permission.Capture);
        if (place.Check() is { Count: > 0 } errors)
        {
            throw new InvalidValueException(errors);
        }

        value = place;
        Changed?.Invoke();
        audit?.Record(caller, AuditAction.SettingChanged, "place");
        await writer.WriteAsync().ConfigureAwait(false);
    }

    /// <summary>Takes over what was stored.</summary>
    public async Task StartAsync(CancellationToken cancellationToken) =>
        value = await store.LoadAsync<Place>(SettingKey, cancellationToken).ConfigureAwait(false) is { } stored && stored.Check().Count == 0
            ? stored
            : null;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
