using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Backups;

/// <summary>
/// A backup that was laid down to be restored. Done whole or not at all: the database in one transaction, then the files; a power cut in
/// between, and the next start does it again from the beginning.
/// </summary>
public sealed class StagedRestore(IDbContextFactory<PiCamDbContext> contexts, DataFolder folder, IAuditTrail audit)
{
    /// <summary>Restores it, if there is one.</summary>
    /// <returns>Why it could not be restored, for the console; null: it was, or there is none.</returns>
    public async Task<string?> ApplyAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Restore))
        {
            return null;
        }

        try
        {
            var content = JsonSerializer.Deserialize<BackupContent>(await File.ReadAllBytesAsync(folder.Restore, cancellationToken).ConfigureAwait(false))
                ?? throw new JsonException("it is empty");
            var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await WriteAsync(context, transaction.GetDbTransaction(), content, cancellationToken).ConfigureAwait(false);

                    // The files first, which can be written again: the database must not be restored twice.
                    new PanelFile(folder.Settings).Write(content.Panel);
                    CertificateFolder.Write(folder.Certificates, content.Certificates);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            File.Delete(folder.Restore);
            return null;
        }
        catch (Exception failure) when (failure is DbException or IOException or UnauthorizedAccessException or JsonException or BackupRefusedException)
        {
            // It may hold people's secrets in clear; the owner has the backup.
            File.Delete(folder.Restore);
            audit.Record(Caller.System, AuditAction.RestoreFailed, failure.Message);
            return $"The backup was not restored, and nothing was changed in the database: {failure.Message}";
        }
    }

    /// <summary>Writes what is for the database into it.</summary>
    /// <exception cref="BackupRefusedException">It does not fit, or nobody could manage the panel any more.</exception>
    /// <exception cref="DbException">The database refuses it.</exception>
    internal static async Task WriteAsync(PiCamDbContext context, DbTransaction transaction, BackupContent content, CancellationToken cancellationToken)
    {
        await context.Settings.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        context.Settings.AddRange(content.Settings.Select(pair => new Setting { Key = pair.Key, Value = pair.Value }));
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        context.ChangeTracker.Clear();
        if (content.Tables is not { } tables)
        {
            return;
        }

        await BackupTables.WriteAsync(context.Database.GetDbConnection(), transaction, tables, cancellationToken).ConfigureAwait(false);
        if (!await context.Users.AnyAsync(user => user.Role == Role.Administrator && !user.IsDisabled && user.PasswordHash != null, cancellationToken).ConfigureAwait(false))
        {
            throw new BackupRefusedException(BackupFault.NoAdministrator);
        }
    }
}
