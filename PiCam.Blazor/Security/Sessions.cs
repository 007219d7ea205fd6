using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>The browsers in which people are signed in.</summary>
public sealed class Sessions(IDbContextFactory<PiCamDbContext> contexts, IAuditTrail audit, TimeProvider time)
{
    /// <summary>A browser that was not seen for so long is signed out.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>Changes of how one signs in ask for the password again when that is longer ago.</summary>
    public static readonly TimeSpan ConfirmedFor = TimeSpan.FromMinutes(10);

    private const int LongestUserAgent = 256;

    /// <summary>A person signed in; returns the session's id, for the cookie.</summary>
    internal async Task<string> BeginAsync(PiCamUser user, string? address, string? userAgent, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(128 / 8));
        var now = time.GetUtcNow();
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            context.UserSessions.Add(new UserSession
            {
                Id = id,
                UserId = user.Id,
                CreatedAt = now,
                LastSeenAt = now,
                ConfirmedAt = now,
                Address = address,
                UserAgent = userAgent?.Length > LongestUserAgent ? userAgent[..LongestUserAgent] : userAgent,
            });
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            await context.Users.Where(row => row.Id == user.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(u => u.LastSignInAt, now), cancellationToken).ConfigureAwait(false);
        }

        return id;
    }

    /// <summary>Whether the person is signed in at that address.</summary>
    internal async Task<bool> IsKnownAsync(string userId, string? address, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return address is not null && await context.UserSessions
                .AnyAsync(row => row.UserId == userId && row.Address == address, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The caller's own, the one that was seen last first.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    public async Task<IReadOnlyList<UserSession>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        OwnAccount.Demand(caller);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var all = await context.UserSessions.AsNoTracking().Where(row => row.UserId == caller.UserId)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. all.OrderByDescending(row => row.LastSeenAt)];
        }
    }

    /// <summary>Signs one of the caller's own browsers out.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    public Task EndAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        EndAsync(caller, sessions => sessions.Where(row => row.Id == id), cancellationToken);

    /// <summary>Signs all of the caller's own browsers out but one.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    public Task EndOthersAsync(Caller caller, string? kept, CancellationToken cancellationToken) =>
        EndAsync(caller, sessions => sessions.Where(row => row.Id != kept), cancellationToken);

    /// <summary>The browser itself signed out.</summary>
    internal async Task SignedOutAsync(string id, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            await context.UserSessions.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The person of this session has just proved again who they are.</summary>
    internal async Task ConfirmAsync(string? id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            await context.UserSessions.Where(row => row.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(s => s.ConfirmedAt, now), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the person of this session proved who they are not longer than <see cref="ConfirmedFor"/> ago.</summary>
    public async Task<bool> IsConfirmedAsync(string? id, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var at = await context.UserSessions.Where(row => row.Id == id).Select(row => (DateTimeOffset?)row.ConfirmedAt)
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return at is { } confirmed && (time.GetUtcNow() - confirmed).Duration() < ConfirmedFor;
        }
    }

    /// <exception cref="PeopleException">The person of this session did not prove lately who they are.</exception>
    internal async Task DemandConfirmedAsync(string? id, CancellationToken cancellationToken)
    {
        if (!await IsConfirmedAsync(id, cancellationToken).ConfigureAwait(false))
        {
            throw new PeopleException(PeopleFault.NotConfirmed);
        }
    }

    /// <summary>The same of a caller, who is asked for nothing when they are a program or have the console.</summary>
    /// <exception cref="PeopleException">The person did not prove lately who they are.</exception>
    internal Task DemandConfirmedAsync(Caller caller, string? id, CancellationToken cancellationToken) =>
        OwnAccount.Has(caller) ? DemandConfirmedAsync(id, cancellationToken) : Task.CompletedTask;

    private async Task EndAsync(
        Caller caller, Func<IQueryable<UserSession>, IQueryable<UserSession>> choose, CancellationToken cancellationToken)
    {
        OwnAccount.Demand(caller);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (await choose(context.UserSessions.Where(row => row.UserId == caller.UserId))
                .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) > 0)
            {
                audit.Record(caller, AuditAction.SessionEnded, caller.Name);
            }
        }
    }
}
