using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Audit;

/// <summary>
/// Writes down who did what, in the background: whoever acts does not wait for the disk. What finds no room, because the
/// disk takes nothing for long, is counted and said: in the log, and among the entries as soon as one can be written.
/// </summary>
public sealed partial class AuditTrail(IDbContextFactory<PiCamDbContext> contexts, TimeProvider time, ILogger<AuditTrail> logger)
    : BackgroundService, IAuditTrail
{
    private const int Waiting = 4096;
    private const int LongestText = 200;

    private static readonly TimeSpan TroublePause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FoldInterval = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim writing = new(1);
    private readonly Channel<AuditRow> rows = Channel.CreateBounded<AuditRow>(new BoundedChannelOptions(Waiting) { SingleReader = false });

    // Taken out of the channel, not stored yet: whoever flushes next goes on with them. Only while one is writing.
    private readonly List<AuditRow> batch = [];
    private int lost;
    private AuditRow? last;

    /// <inheritdoc/>
    public void Record(Caller caller, AuditAction action, string? subject = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var row = new AuditRow
        {
            At = time.GetUtcNow(),
            Action = action,
            Who = Shorten(caller.Name)!,
            WhoId = caller.UserId.Length > 0 ? caller.UserId : null,
            Subject = Shorten(subject),
            Address = caller.Address,
        };
        if (Repeats(row))
        {
            return;
        }

        if (!rows.Writer.TryWrite(row) && Interlocked.Increment(ref lost) == 1)
        {
            LogFull();
        }
    }

    /// <summary>Returns when all that was recorded before is stored.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (rows.Reader.TryRead(out var row))
            {
                batch.Add(row);
            }

            while (batch.Count > 0)
            {
                if (await StoreAsync().ConfigureAwait(false))
                {
                    batch.Clear();
                    ConfessLost();
                }
                else
                {
                    await Task.Delay(TroublePause, time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            writing.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);

        // However long the services before this one took; but a disk that takes nothing must not keep the panel from ending.
        using var patience = new CancellationTokenSource(TroublePause, time);
        try
        {
            await FlushAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            LogLost(lost + batch.Count + rows.Reader.Count);
        }
    }

    public override void Dispose()
    {
        writing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await rows.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
        {
            await FlushAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    // The same setting again and again would wash everything else out.
    private bool Repeats(AuditRow row)
    {
        var before = Interlocked.Exchange(ref last, row);
        return row.Action == AuditAction.SettingChanged && before is not null && before.Action == row.Action && before.WhoId == row.WhoId
            && before.Subject == row.Subject && (row.At - before.At).Duration() < FoldInterval;
    }

    // Line breaks and the like could make one entry look like two.
    private static string? Shorten(string? text) => text is null
        ? null
        : new string([.. text.Take(LongestText).Select(c => char.IsControl(c) ? ' ' : c)]);

    private void ConfessLost()
    {
        if (Interlocked.Exchange(ref lost, 0) is > 0 and var missing)
        {
            LogLost(missing);
            batch.Add(new AuditRow
            {
                At = time.GetUtcNow(),
                Action = AuditAction.EntriesLost,
                Who = Caller.System.Name,
                WhoId = Caller.System.UserId,
                Subject = missing.ToString(CultureInfo.InvariantCulture),
            });
        }
    }

    private async Task<bool> StoreAsync()
    {
        try
        {
            // Not to be cancelled half-way: nobody would know whether it is stored.
            var context = await contexts.CreateDbContextAsync(CancellationToken.None).ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                context.AuditRows.AddRange(batch);
                await context.SaveChangesAsync(CancellationToken.None).ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception trouble) when (trouble is DbUpdateException or SqliteException)
        {
            LogTrouble((trouble.InnerException ?? trouble).Message);
            batch.ForEach(row => row.Id = 0);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "What people do cannot be written down: {Reason}")]
    private partial void LogTrouble(string reason);

    [LoggerMessage(LogLevel.Error, "Some of what people do is not written down: too much waits for the disk")]
    private partial void LogFull();

    [LoggerMessage(LogLevel.Error, "{Count} entries of what people did are not written down")]
    private partial void LogLost(int count);
}
