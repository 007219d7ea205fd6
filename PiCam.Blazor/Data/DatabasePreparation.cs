using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.Data;

/// <summary>Brings the data folder and its database to what this version of PiCam needs, before anything else starts.</summary>
public sealed class DatabasePreparation(DataFolder folder, IDbContextFactory<PiCamDbContext> contexts, TimeProvider time)
    : IHostedLifecycleService
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    /// <summary>Creates, checks and migrates. Waits for another PiCam process that does the same.</summary>
    /// <exception cref="StartUpException">The folder or the database cannot be used; the message says why.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        folder.Prepare();
        using (await folder.LockAsync(time, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await MigrateAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
            {
                throw Damaged(exception);
            }
            catch (SqliteException exception)
            {
                throw new StartUpException($"The database {folder.Database} cannot be used: {exception.Message}", exception);
            }
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var applied = await ReadAppliedAsync(context, cancellationToken).ConfigureAwait(false);
            var known = context.Database.GetMigrations().ToList();
            if (applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            {
                throw new StartUpException(
                    $"The database {folder.Database} is from a newer version of PiCam ({unknown}): install that version, "
                    + $"or set {DataFolder.Key} to another folder.");
            }

            if (applied.Count < known.Count)
            {
                await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private StartUpException Damaged(Exception? reason = null)
    {
        var message = $"The database {folder.Database} is damaged: put a backup in its place, or move it away to start afresh.";
        return reason is null ? new(message) : new(message, reason);
    }

    private async Task<List<string>> ReadAppliedAsync(PiCamDbContext context, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(context.Database.GetConnectionString());
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if ((await ReadAsync(connection, "PRAGMA quick_check(1)", cancellationToken).ConfigureAwait(false)) is not ["ok"])
            {
                throw Damaged();
            }

            // Readers and the writer must not wait for one another; the mode stays in the file.
            await ReadAsync(connection, "PRAGMA journal_mode = WAL", cancellationToken).ConfigureAwait(false);
            var tables = await ReadAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table'", cancellationToken)
                .ConfigureAwait(false);

            // EF's own migration lock is a row that a killed process leaves behind, and everyone waits for it for ever.
            // We hold the folder's lock, so a row that is there now is nobody's.
            if (tables.Contains("__EFMigrationsLock"))
            {
                await ReadAsync(connection, "DELETE FROM __EFMigrationsLock", cancellationToken).ConfigureAwait(false);
            }

            return tables.Contains("__EFMigrationsHistory")
                ? await ReadAsync(connection, "SELECT MigrationId FROM __EFMigrationsHistory", cancellationToken).ConfigureAwait(false)
                : [];
        }
    }

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // Constants of this class only.
            command.CommandText = sql;
#pragma warning restore CA2100
            var values = new List<string>();
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    values.Add(reader.GetString(0));
                }
            }

            return values;
        }
    }
}
