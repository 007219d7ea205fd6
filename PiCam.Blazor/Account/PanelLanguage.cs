using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Settings;

namespace PiCam.Blazor.Account;

/// <summary>The language for people who have not chosen one; kept across restarts.</summary>
public sealed class PanelLanguage(ISettingsStore store, IAuditTrail audit) : IHostedService
{
    /// <summary>Whatever their browser asks for.</summary>
    public const string Browser = "browser";

    private const string SettingKey = "panel.language";

    private volatile string text = Browser;

    /// <summary>What can be chosen.</summary>
    public static IReadOnlyList<string> All { get; } = [Browser, PanelCultures.English, PanelCultures.Chinese];

    /// <summary><see cref="Browser"/> or a culture's name.</summary>
    public string Text => text;

    /// <summary>The culture's name; null: the browser decides.</summary>
    public string? Culture => Text == Browser ? null : Text;

    /// <summary>Chooses it. In force at once, and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.Configure"/>.</param>
    /// <param name="language">One of <see cref="All"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">It is none of them; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task SetAsync(Caller caller, string? language)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Configure);
        if (language is null || !All.Contains(language))
        {
            throw new InvalidValueException(new InvalidValue("language", language ?? "null", Allowed.OneOf(string.Join(", ", All))));
        }

        if (text != language)
        {
            audit.Record(caller, AuditAction.SettingChanged, $"language: {language}");
        }

        text = language;
        try
        {
            await store.SaveAsync(SettingKey, language, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the store throws, it means the same to whoever made the change.
        catch (Exception reason)
#pragma warning restore CA1031
        {
            throw new SettingNotStoredException(reason);
        }
    }

    /// <summary>Takes over what was stored.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<string>(SettingKey, cancellationToken).ConfigureAwait(false) is { } stored && All.Contains(stored))
        {
            text = stored;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
