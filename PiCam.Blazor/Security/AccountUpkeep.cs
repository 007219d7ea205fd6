using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Audit;
using PiCam.Blazor.Data;
using PiCam.Core.Clocks;

namespace PiCam.Blazor.Security;

/// <summary>Removes what is over: sessions, invitations, guest links, tokens, and what people did long ago.</summary>
internal sealed partial class AccountUpkeep(
    IDbContextFactory<PiCamDbContext> contexts, AuditLog audit, TimeProvider time, ILogger<AccountUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    // A board without a clock of its own may be years ahead or behind for some minutes: what is over is worthless anyway, and
    // goes only when it has been over for long.
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var offset = time.ClockOffset();
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            // A clock that was set may be years wrong: what is over by it is looked at the next time.
            var before = offset;
            offset = time.ClockOffset();
            if ((offset - before).Duration() >= ClockTolerance)
            {
                continue;
            }

            try
            {
                await RemoveAsync(stoppingToken).ConfigureAwait(false);
                await audit.RemoveOldAsync(stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it is, the panel goes on, and it is tried again in an hour.
            catch (Exception trouble) when (trouble is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogTrouble(trouble.Message);
            }
        }
    }

    internal async Task RemoveAsync(CancellationToken cancellationToken)
    {
        var over = time.GetUtcNow() - Grace;
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            await context.UserSessions.Where(row => row.LastSeenAt < over - Sessions.Lifetime).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            await context.Invitations.Where(row => row.ExpiresAt < over).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            await context.GuestLinks.Where(row => row.ExpiresAt < over).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            await context.ApiTokens.Where(row => row.ExpiresAt < over).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Error, "What is over could not be removed from the database: {Reason}")]
    private partial void LogTrouble(string reason);
}
