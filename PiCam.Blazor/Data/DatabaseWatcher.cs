using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PiCam.Blazor.Data;

/// <summary>Notices that somebody wrote to the database, be it this process or the command line beside it.</summary>
public sealed partial class DatabaseWatcher(
    IDbContextFactory<PiCamDbContext> contexts, TimeProvider time, ILogger<DatabaseWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan TroubleInterval = TimeSpan.FromSeconds(10);

    private SqliteConnection? connection;
    private long version;
    private long changes;
    private volatile bool troubled;

    /// <summary>How often something was committed; says so less than a second late, and is another number after each. While nobody knows, it is another one each time.</summary>
    public long Changes => troubled ? Interlocked.Increment(ref changes) : Volatile.Read(ref changes);

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
            try
            {
                var now = await ReadVersionAsync(connection!, stoppingToken).ConfigureAwait(false);
                troubled = false;
                if (now != version)
                {
                    version = now;
                    Interlocked.Increment(ref changes);
                    Changed?.Invoke();
                }
            }
            catch (SqliteException trouble)
            {
                troubled = true;

                // The picture does not need the database: look again later, and do not fill the log meanwhile.
                LogTrouble(trouble.Message);
                await Task.Delay(TroubleInterval, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The database cannot be read: {Reason}")]
    private partial void LogTrouble(string reason);

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
