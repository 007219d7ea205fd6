using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Settings;

namespace PiCam.Blazor.Certificates;

/// <summary>The switch that leads everybody who comes over HTTP to HTTPS.</summary>
public sealed class AlwaysHttps(ISettingsStore store, IAuditTrail audit) : IDisposable
{
    private const string SettingKey = "https";

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>It was switched. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    public bool IsOn { get; private set; }

    /// <summary>Switches it on; in force and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManageNetwork"/>.</param>
    /// <param name="page">From where it is asked for: that this is open over HTTPS shows that a browser comes through.</param>
    /// <param name="endpoint">Where the panel speaks HTTPS.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The page is not open there.</exception>
    public async Task TurnOnAsync(Caller caller, Uri page, HttpsEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(endpoint);
        caller.Demand(Permission.ManageNetwork);
        if (!endpoint.Served(page))
        {
            throw new InvalidValueException(new InvalidValue("alwaysHttps", "on", Allowed.OffUntilOpenOverHttps));
        }

        await SetAsync(on: true).ConfigureAwait(false);
        audit.Record(caller, AuditAction.SettingChanged, "always HTTPS: on");
    }

    /// <summary>Switches it off; in force and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManageNetwork"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task TurnOffAsync(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManageNetwork);
        await SetAsync(on: false).ConfigureAwait(false);
        audit.Record(caller, AuditAction.SettingChanged, "always HTTPS: off");
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Takes over what is stored, by whomever.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var stored = await store.LoadAsync<HttpsSettings>(SettingKey, cancellationToken).ConfigureAwait(false);
            Enter(stored?.Always == true);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task SetAsync(bool on)
    {
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await store.SaveAsync(SettingKey, new HttpsSettings(on), CancellationToken.None).ConfigureAwait(false);
            Enter(on);
        }
        finally
        {
            turn.Release();
        }
    }

    private void Enter(bool on)
    {
        if (IsOn != on)
        {
            IsOn = on;
            Changed?.Invoke();
        }
    }
}
