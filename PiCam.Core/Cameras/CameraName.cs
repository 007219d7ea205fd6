using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Settings;

namespace PiCam.Core.Cameras;

/// <summary>What the camera is called: on the pages, in the files of pictures, on stamps. The same for everybody, and after a restart.</summary>
public sealed class CameraName : IHostedService
{
    /// <summary>What it is called until somebody names it.</summary>
    public const string Usual = "PiCam";

    private const string SettingKey = "camera.name";

    private readonly ISettingsStore store;
    private readonly IAuditTrail? audit;
    private readonly SettingWriter<string> writer;
    private volatile string text = Usual;

    public CameraName(ISettingsStore store, IAuditTrail? audit = null)
    {
        this.audit = audit;
        this.store = store;
        writer = new SettingWriter<string>(store, SettingKey, () => Text);
    }

    /// <summary><see cref="Text"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    public string Text => text;

    /// <summary>Whether somebody has named it.</summary>
    public bool IsGiven => Text != Usual;

    /// <summary>Names the camera. In force at once, and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="name">1 to <see cref="GivenName.Longest"/> characters, in any language.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">It cannot be used; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task SetAsync(Caller caller, string? name)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        text = GivenName.Demand(name, []);
        Changed?.Invoke();
        audit?.Record(caller, AuditAction.SettingChanged, $"camera name: {text}");
        await writer.WriteAsync().ConfigureAwait(false);
    }

    /// <summary>Takes over what was stored.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<string>(SettingKey, cancellationToken).ConfigureAwait(false) is { } stored && GivenName.Check(stored).Error is null)
        {
            text = stored;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
