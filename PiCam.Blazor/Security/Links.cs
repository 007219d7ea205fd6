using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Links that let somebody in: invitations, which make one account, and guest links, by which one watches for a time.</summary>
public sealed partial class Links(IDbContextFactory<PiCamDbContext> contexts, Sessions sessions, IAuditTrail audit, TimeProvider time, ILogger<Links> logger)
{
    /// <summary>How long a link may be good; an invitation and a guest link alike.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    // A program may ask every second, and a person press as often as they like; the activity log need not say so each time.
    private static readonly TimeSpan EnteredInterval = TimeSpan.FromHours(1);

    /// <summary>Invites a person; returns the key, which cannot be read again.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManagePeople"/>.</param>
    /// <param name="name">For whom it is; 1 to 64 characters.</param>
    /// <param name="role">What the person will be trusted with; no guest.</param>
    /// <param name="lifetime">How long it is good: 5 minutes to a year.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <param name="session">The browser's, in which a person typed their password lately, for an Administrator; tokens and the console have none, and need none.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The name cannot be used, or the caller has not typed their password lately.</exception>
    /// <exception cref="InvalidValueException">The lifetime cannot be used.</exception>
    public async Task<string> InviteAsync(
        Caller caller, string name, Role role, TimeSpan lifetime, CancellationToken cancellationToken, string? session = null)
    {
        Check(caller, name, lifetime);
        People.DemandRole(role);
        await People.DemandConfirmedAsync(caller, role, session, sessions, cancellationToken).ConfigureAwait(false);
        var key = Secret.Create("");
        await StoreAsync(
            new Invitation { Name = name, Role = role, Hash = Secret.HashOf(key), By = caller.Name, ById = PersonOf(caller), ExpiresAt = time.GetUtcNow() + lifetime },
            cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.PersonInvited, $"{name} ({role})");
        return key;
    }

    /// <summary>Makes a guest link; returns its key, which cannot be read again.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManagePeople"/>.</param>
    /// <param name="name">For whom it is; 1 to 64 characters.</param>
    /// <param name="lifetime">How long it is good: 5 minutes to a year.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The name cannot be used.</exception>
    /// <exception cref="InvalidValueException">The lifetime cannot be used.</exception>
    public async Task<string> AddGuestAsync(Caller caller, string name, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        Check(caller, name, lifetime);
        var key = Secret.Create("");
        await StoreAsync(
            new GuestLink { Name = name, Hash = Secret.HashOf(key), By = caller.Name, ById = PersonOf(caller), ExpiresAt = time.GetUtcNow() + lifetime },
            cancellationToken).ConfigureAwait(false);
        audit.Record(caller, AuditAction.GuestLinkAdded, name);
        return key;
    }

    /// <summary>The invitations that are still good.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task<IReadOnlyList<Invitation>> InvitationsAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var now = time.GetUtcNow();
            return await context.Invitations.AsNoTracking().Where(row => row.ExpiresAt > now).OrderBy(row => row.Id)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The guest links that are still good.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task<IReadOnlyList<GuestLink>> GuestLinksAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var now = time.GetUtcNow();
            return await context.GuestLinks.AsNoTracking().Where(row => row.ExpiresAt > now).OrderBy(row => row.Id)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes an invitation worthless.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task RevokeInvitationAsync(Caller caller, Invitation invitation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(invitation);
        caller.Demand(Permission.ManagePeople);
        if (await TakeAsync(invitation, cancellationToken).ConfigureAwait(false))
        {
            audit.Record(caller, AuditAction.InvitationRevoked, invitation.Name);
        }
    }

    /// <summary>Makes a guest link worthless; who watches by it is cut off.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public async Task RevokeGuestAsync(Caller caller, GuestLink link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(link);
        caller.Demand(Permission.ManagePeople);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (await context.GuestLinks.Where(row => row.Id == link.Id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) > 0)
            {
                audit.Record(caller, AuditAction.GuestLinkRevoked, link.Name);
            }
        }
    }

    /// <summary>The invitation of this key; null: it is used, revoked, too old, or was never one.</summary>
    public async Task<Invitation?> FindInvitationAsync(string? key, CancellationToken cancellationToken)
    {
        var hash = Secret.HashOf(key ?? "");
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var found = await context.Invitations.AsNoTracking()
                .Where(row => row.ById == null || context.Users.Any(user => user.Id == row.ById && user.Role == Role.Administrator && !user.IsDisabled))
                .SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken).ConfigureAwait(false);
            return found?.ExpiresAt > time.GetUtcNow() ? found : null;
        }
    }

    /// <summary>The guest link of this key; null: it is revoked, too old, or was never one.</summary>
    public async Task<GuestLink?> FindGuestAsync(string? key, CancellationToken cancellationToken)
    {
        var hash = Secret.HashOf(key ?? "");
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var found = await Good(context)
                .SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken).ConfigureAwait(false);
            return found?.ExpiresAt > time.GetUtcNow() ? found : null;
        }
    }

    /// <summary>The guest links whose makers may still make some.</summary>
    internal static IQueryable<GuestLink> Good(PiCamDbContext context) => context.GuestLinks.AsNoTracking()
        .Where(row => row.ById == null || context.Users.Any(user => user.Id == row.ById && user.Role == Role.Administrator && !user.IsDisabled));

    /// <summary>A guest came in by the link; noted once an hour. A disk that takes no note of it keeps nobody out.</summary>
    internal async Task EnteredAsync(GuestLink link, string? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (link.LastUsedAt is { } used && (now - used).Duration() < EnteredInterval)
        {
            return;
        }

        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            try
            {
                await context.GuestLinks.Where(row => row.Id == link.Id)
                    .ExecuteUpdateAsync(row => row.SetProperty(l => l.LastUsedAt, now), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception full) when (full is SqliteException or DbUpdateException)
            {
                LogNotNoted(full.Message);
                return;
            }
        }

        audit.Record(new Caller(TokenIdentity.GuestId(link.Id), link.Name, Role.Guest, "guest", address), AuditAction.GuestEntered);
    }

    /// <summary>Uses an invitation up; false: somebody else was faster.</summary>
    internal async Task<bool> TakeAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return await context.Invitations.Where(row => row.Id == invitation.Id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) > 0;
        }
    }

    /// <summary>Gives an invitation back that no account came of.</summary>
    internal Task GiveBackAsync(Invitation invitation, CancellationToken cancellationToken) => StoreAsync(invitation, cancellationToken);

    private static string? PersonOf(Caller caller) =>
        caller.UserId == Caller.System.UserId || TokenIdentity.TryReadToken(caller.UserId) is not null ? null : caller.UserId;

    private static void Check(Caller caller, string name, TimeSpan lifetime)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        AccountName.Demand(name);
        if (lifetime < Shortest || lifetime > Longest)
        {
            throw new InvalidValueException(new InvalidValue("lifetime", $"{lifetime.TotalDays:0.###} d", Allowed.Range("5 min", "366 d")));
        }
    }

    private async Task StoreAsync(object row, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            context.Add(row);
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Warning, "That a guest came in could not be noted: {Reason}")]
    private partial void LogNotNoted(string reason);
}
