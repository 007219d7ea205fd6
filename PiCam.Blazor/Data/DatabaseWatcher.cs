using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PiCam.Blazor.Data;

/// <summary>Notices that somebody wrote to the database, be it this process or the command line beside it.</summary>
public sealed class DatabaseWatcher(IDbContextFactory<PiCamDbContext> contexts, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private SqliteConnection? connection;
    private long version;

    /// <summary>Something was committed less than a second ago. Handlers must return at once and not throw.</summary>
    public event Action? Changed;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Read before others look at the tables: what is committed after they looked is then never missed.
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            connection = new SqliteConnection(context.Database.GetConnectionString());
        }

        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        version = await ReadVersionAsync(connection, cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        connection?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            var now = await ReadVersionAsync(connection!, stoppingToken).ConfigureAwait(false);
            if (now != version)
            {
                version = now;
                Changed?.Invoke();
            }
        }
    }

    // data_version changes when another connection commits, so one connection must be held open to ask.
    private static async Task<long> ReadVersionAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = "PRAGMA data_version";
            return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
    }
}
