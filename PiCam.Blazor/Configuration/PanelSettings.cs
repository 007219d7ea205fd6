using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Settings;

namespace PiCam.Blazor.Configuration;

/// <summary>What the owner sets from the page, stored so that PiCam can always start with it; in force after a restart.</summary>
public sealed class PanelSettings(PanelConfiguration configuration, SettingsCheck check, ICameraFinder cameras, IAuditTrail audit)
{
    private readonly Lock gate = new();

    /// <summary>What is stored changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>Why the settings before these could not be used; empty: they could.</summary>
    public IReadOnlyList<string> Refused => configuration.Refused;

    /// <summary>Whether something is stored that is not in force yet.</summary>
    /// <param name="caller">Needs <see cref="Permission.Configure"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public bool NeedsRestart(Caller caller)
    {
        Demand(caller);
        var stored = Stored();
        return PanelKeys.All.Any(key => key.Read(stored) != key.Read(configuration.Loaded));
    }

    /// <summary>All settings, as they will be after a restart.</summary>
    /// <param name="caller">Needs <see cref="Permission.Configure"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public IReadOnlyList<PanelSetting> Read(Caller caller)
    {
        Demand(caller);
        var stored = Stored();
        return [.. PanelKeys.All.Select(key => configuration.Setting(key, stored))];
    }

    /// <summary>Stores settings; they are in force after a restart.</summary>
    /// <param name="caller">Needs <see cref="Permission.Configure"/>.</param>
    /// <param name="changes">By the names of <see cref="PanelKeys"/>; null: as if nobody had set it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">PiCam could not start with them; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">They could not be written; nothing was changed.</exception>
    public async Task ChangeAsync(Caller caller, IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken)
    {
        Demand(caller);
        ArgumentNullException.ThrowIfNull(changes);
        var given = changes.Select(change => (Key: PanelKeys.All.Single(key => key.Name == change.Key), Value: Tidy(change.Value))).ToList();
        var errors = given.Select(change => change.Value is { } value ? change.Key.Check(value) : null).OfType<InvalidValue>().ToList();
        Refuse(errors);
        var detected = given.Any(change => change.Value is { } value && NamedCamera.IsMeant(change.Key, value))
            ? await cameras.FindAsync(cancellationToken).ConfigureAwait(false)
            : [];
        lock (gate)
        {
            var values = Stored();
            foreach (var (key, value) in given)
            {
                if (configuration.Setting(key, values) is { MayChange: false } console)
                {
                    if (value != console.Value)
                    {
                        errors.Add(new(key.Field, key.Shown(value) ?? "null", PanelKeys.SetByTheConsole));
                    }

                    continue;
                }

                var present = key.Read(values);
                if (value is null || value != key.Shown(present))
                {
                    Check(key, value, detected, errors);
                    Set(values, key, value);
                }
            }

            Refuse(errors);
            Refuse(check.Check(values));
            try
            {
                configuration.File.Write(values);
            }
            catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
            {
                throw new SettingNotStoredException(reason);
            }
        }

        audit.Record(caller, AuditAction.SettingChanged, string.Join(", ", changes.Keys));
        Changed?.Invoke();
    }

    /// <summary>What is stored now, with its secrets: for backups only.</summary>
    internal Dictionary<string, string?> Stored() => configuration.Stored();

    private static void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Configure);
    }

    private static string? Tidy(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static void Set(Dictionary<string, string?> values, PanelKey key, string? value)
    {
        foreach (var old in values.Keys.Where(key.Owns).ToList())
        {
            values.Remove(old);
        }

        foreach (var (name, part) in value is null ? [] : key.Write(value))
        {
            values[name] = part;
        }
    }

    /// <summary>What the validators do not ask.</summary>
    private static void Check(PanelKey key, string? value, IReadOnlyList<DetectedCamera> detected, List<InvalidValue> errors)
    {
        if (value is not null && NamedCamera.IsMeant(key, value) && !NamedCamera.IsAmong(detected, key, value))
        {
            errors.Add(new(key.Field, value, PanelKeys.ADetectedCamera));
        }
        else if (value is not null && key.IsSecret && SecretAddress.IsMasked(value))
        {
            errors.Add(new(key.Field, value, PanelKeys.TheWholeAddress));
        }
    }

    private static void Refuse(IReadOnlyList<InvalidValue> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidValueException(errors);
        }
    }
}
