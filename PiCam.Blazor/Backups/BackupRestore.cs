using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Settings;

namespace PiCam.Blazor.Backups;

/// <summary>
/// Brings backups back. All that could keep one from being restored is looked at first, the database's own opinion included; then it is
/// laid down as a whole, and takes effect before the next start, when nothing of the panel runs that could write over it.
/// </summary>
public sealed class BackupRestore(
    IDbContextFactory<PiCamDbContext> contexts, PanelConfiguration configuration, SettingsCheck check, ICameraFinder cameras, DataFolder folder,
    Sessions sessions, IAuditTrail audit)
{
    /// <summary>What a backup would change. Nothing is changed.</summary>
    /// <param name="caller">Needs <see cref="Permission.Backup"/>.</param>
    /// <param name="file">The whole file; at most 20 MB.</param>
    /// <param name="passphrase">Of the backup; null or empty: there is none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="BackupRefusedException">It cannot be restored; says why.</exception>
    /// <exception cref="InvalidValueException">PiCam could not start with its settings.</exception>
    public async Task<RestorePreview> PreviewAsync(Caller caller, byte[] file, string? passphrase, CancellationToken cancellationToken) =>
        (await ReadAsync(caller, file, passphrase, cancellationToken).ConfigureAwait(false)).Preview;

    /// <summary>Lays a backup down; it is restored before PiCam starts the next time.</summary>
    /// <param name="caller">Needs <see cref="Permission.Backup"/>.</param>
    /// <param name="session">The browser's, in which a person typed their password lately; tokens and the console have none, and need none.</param>
    /// <param name="file">The whole file; at most 20 MB.</param>
    /// <param name="passphrase">Of the backup; null or empty: there is none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <inheritdoc cref="PreviewAsync"/>
    /// <exception cref="PeopleException">The person has not typed their password lately.</exception>
    /// <exception cref="SettingNotStoredException">There is no room for it; nothing was changed.</exception>
    public async Task<RestorePreview> RestoreAsync(
        Caller caller, string? session, byte[] file, string? passphrase, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Backup);

        // It may bring people and tokens along: who found a browser open must not let themselves in for good.
        await sessions.DemandConfirmedAsync(caller, session, cancellationToken).ConfigureAwait(false);
        var (content, preview) = await ReadAsync(caller, file, passphrase, cancellationToken).ConfigureAwait(false);
        try
        {
            DataFolder.WritePrivate(folder.Restore, JsonSerializer.SerializeToUtf8Bytes(content));
            audit.Record(caller, AuditAction.Restored);
            return preview;
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new SettingNotStoredException(reason);
        }
    }

    private async Task<(BackupContent Content, RestorePreview Preview)> ReadAsync(
        Caller caller, byte[] file, string? passphrase, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(file);
        caller.Demand(Permission.Backup);
        try
        {
            return await ReadAsync(file, passphrase, cancellationToken).ConfigureAwait(false);
        }
        catch (BackupRefusedException refused) when (refused.Reason != BackupFault.PassphraseNeeded)
        {
            audit.Record(caller, AuditAction.RestoreFailed, refused.Reason.English);
            throw;
        }
        catch (InvalidValueException invalid)
        {
            audit.Record(caller, AuditAction.RestoreFailed, string.Join(", ", invalid.Errors.Select(error => error.Field)));
            throw;
        }
    }

    private async Task<(BackupContent Content, RestorePreview Preview)> ReadAsync(byte[] file, string? passphrase, CancellationToken cancellationToken)
    {
        var (manifest, archived) = BackupArchive.Read(file, passphrase);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (!context.Database.GetMigrations().Contains(manifest.Schema))
            {
                throw new BackupRefusedException(BackupFault.Newer(manifest.Version));
            }

            var present = await context.Settings.AsNoTracking().ToDictionaryAsync(row => row.Key, row => row.Value, cancellationToken).ConfigureAwait(false);
            var stored = configuration.Stored();
            var notHere = await NotHereAsync(archived.Panel, stored, manifest.Omitted, cancellationToken).ConfigureAwait(false);
            var content = archived with
            {
                Settings = Merged(archived.Settings, present, manifest.Omitted),
                Panel = Merged(archived.Panel, stored, [.. manifest.Omitted, .. notHere.Select(key => key.Name)]),
            };
            if (check.Check(content.Panel) is { Count: > 0 } errors)
            {
                throw new InvalidValueException(errors);
            }

            await TryAsync(context, content, cancellationToken).ConfigureAwait(false);
            return (content, Preview(manifest, content, present, stored) with
            {
                NotHere = [.. notHere.Select(key => new RestoreChange(key.Field, configuration.Setting(key, stored).Value, key.Shown(key.Read(archived.Panel))))],
            });
        }
    }

    /// <summary>
    /// What names a camera that is not here: the backup is of another machine, or somebody made it up. What it is now stays, and the rest is
    /// restored: who has a new Pi wants their presets all the same.
    /// </summary>
    private async Task<IReadOnlyList<PanelKey>> NotHereAsync(
        Dictionary<string, string?> archived, Dictionary<string, string?> stored, IReadOnlyList<string> omitted, CancellationToken cancellationToken)
    {
        var named = PanelKeys.All.Where(key => !BackupSecrets.Stays(key.Name, omitted)
            && key.Read(archived) is { } value && value != key.Read(stored) && NamedCamera.IsMeant(key, value)).ToList();
        if (named.Count == 0)
        {
            return [];
        }

        var detected = await cameras.FindAsync(cancellationToken).ConfigureAwait(false);
        return [.. named.Where(key => !NamedCamera.IsAmong(detected, key, key.Read(archived)!))];
    }

    private static Dictionary<string, T> Merged<T>(Dictionary<string, T> archived, Dictionary<string, T> present, IReadOnlyList<string> omitted) =>
        archived.Where(pair => !BackupSecrets.Stays(pair.Key, omitted))
            .Concat(present.Where(pair => BackupSecrets.Stays(pair.Key, omitted)))
            .ToDictionary();

    /// <summary>Does it, and undoes it: the database itself says whether it takes everything.</summary>
    private static async Task TryAsync(PiCamDbContext context, BackupContent content, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await StagedRestore.WriteAsync(context, transaction.GetDbTransaction(), content, cancellationToken).ConfigureAwait(false);

                // With references deferred only the commit would complain.
                var command = context.Database.GetDbConnection().CreateCommand();
                await using (command.ConfigureAwait(false))
                {
                    command.Transaction = transaction.GetDbTransaction();
                    command.CommandText = "PRAGMA foreign_key_check";
                    if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } table)
                    {
                        throw new BackupRefusedException(BackupFault.DoesNotFit($"{table} refers to what is not there"));
                    }
                }

                await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception unfit) when (unfit is DbException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new BackupRefusedException(BackupFault.DoesNotFit(unfit.Message), unfit);
        }
    }

    private RestorePreview Preview(
        BackupManifest manifest, BackupContent content, Dictionary<string, string> present, Dictionary<string, string?> stored) => new(
        manifest.Version,
        manifest.Made,
        [.. content.Settings.Keys.Union(present.Keys).Where(key => content.Settings.GetValueOrDefault(key) != present.GetValueOrDefault(key)).Order(StringComparer.Ordinal)],
        [
            .. PanelKeys.All.Where(key => key.Read(content.Panel) != key.Read(stored))
                .Select(key => new RestoreChange(key.Field, configuration.Setting(key, stored).Value, configuration.Setting(key, content.Panel).Value)),
        ],
        Names(content, "AspNetUsers", "UserName"),
        Names(content, "ApiTokens", "Name"),
        [.. content.Certificates.Keys.Order(StringComparer.Ordinal)],
        manifest.Omitted);

    private static List<string>? Names(BackupContent content, string table, string column)
    {
        var rows = content.Tables?.GetValueOrDefault(table);
        var index = rows?.Columns.ToList().IndexOf(column) ?? -1;
        return rows is null ? null : [.. rows.Rows.Where(_ => index >= 0).Select(row => row[index].ToString()).Order(StringComparer.CurrentCulture)];
    }
}
