using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;
using PiCam.Core.Access;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Backups;

/// <summary>Makes backups: all settings, and with a passphrase people, tokens, certificates and what else is secret. Never pictures or films.</summary>
public sealed class BackupMaker(
    IDbContextFactory<PiCamDbContext> contexts, PanelConfiguration configuration, DataFolder folder, Sessions sessions, IAuditTrail audit, TimeProvider time)
{
    /// <summary>Makes one.</summary>
    /// <param name="caller">Needs <see cref="Permission.Backup"/>.</param>
    /// <param name="session">The browser's, in which a person typed their password lately; tokens and the console have none, and with a passphrase need none.</param>
    /// <param name="passphrase">Encrypts what is secret; null or empty: that is left out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The passphrase is too weak, or the person has not typed their password lately.</exception>
    public async Task<Backup> MakeAsync(Caller caller, string? session, string? passphrase, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Backup);
        var isSecret = !string.IsNullOrEmpty(passphrase);
        if (isSecret)
        {
            // Everybody's tokens and password hashes are in it: who found a browser open must not be able to take them away.
            await sessions.DemandConfirmedAsync(caller, session, cancellationToken).ConfigureAwait(false);

            // Whoever has the file may guess as fast as they can.
            Passwords.Demand(passphrase!, CameraName.Usual);
        }

        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            // One transaction: what belongs together is from one moment.
            var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var content = new BackupContent
                {
                    Settings = await context.Settings.AsNoTracking().ToDictionaryAsync(row => row.Key, row => row.Value, cancellationToken).ConfigureAwait(false),
                    Panel = configuration.Stored(),
                    Tables = isSecret
                        ? await BackupTables.ReadAsync(context.Database.GetDbConnection(), transaction.GetDbTransaction(), cancellationToken).ConfigureAwait(false)
                        : null,
                    Certificates = isSecret ? CertificateFolder.Read(folder.Certificates) : [],
                };
                var now = time.GetLocalNow();
                var manifest = new BackupManifest { Version = RunningPanel.Version, Made = now, Schema = context.Database.GetMigrations().Last() };
                audit.Record(caller, AuditAction.BackedUp, isSecret ? "with people and secrets" : null);
                return new Backup(Name(content, now), BackupArchive.Write(content, manifest, isSecret ? passphrase : null));
            }
        }
    }

    private static string Name(BackupContent content, DateTimeOffset now)
    {
        var camera = content.Settings.GetValueOrDefault("camera.name") is { } json ? JsonSerializer.Deserialize<string>(json) : null;
        var name = new string([.. (camera ?? CameraName.Usual).Select(c => char.IsLetterOrDigit(c) ? c : '-')]).Trim('-');
        return string.Create(CultureInfo.InvariantCulture, $"picam-{(name.Length > 0 ? name : CameraName.Usual)}-{now:yyyy-MM-dd}.picam");
    }
}
