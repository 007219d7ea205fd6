using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Bearer tokens for programs: issued once, stored hashed. The panel has some, and each person may have some of their own.</summary>
public sealed class Tokens(IDbContextFactory<PiCamDbContext> contexts, Sessions sessions, IAuditTrail audit, TimeProvider time)
{
    /// <summary>Of each person.</summary>
    public const int MostOwn = 20;

    private const string Prefix = "picam_";

    private static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(1);

    /// <summary>Makes a token of the panel's own and returns it; it cannot be read again.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManagePeople"/>.</param>
    /// <param name="name">1 to 64 characters, unique among the panel's without regard to case.</param>
    /// <param name="role">What the token is trusted with.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <param name="expires">When it becomes worthless; null: never.</param>
    /// <param name="session">The browser's, in which a person typed their password lately; tokens and the console have none, and need none.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The name is taken or cannot be used, or the person has not typed their password lately.</exception>
    public async Task<string> AddAsync(
        Caller caller, string name, Role role, CancellationToken cancellationToken, DateTimeOffset? expires = null, string? session = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);

        // It outlasts the session: who found a browser open must not be able to take one away.
        await sessions.DemandConfirmedAsync(caller, session, cancellationToken).ConfigureAwait(false);
        return await StoreAsync(caller, ownerId: null, name, role, expires, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a token of the caller's own and returns it; it cannot be read again. It never may more than its owner may.</summary>
    /// <param name="caller">A person.</param>
    /// <param name="session">The browser's, in which the password was typed lately.</param>
    /// <param name="name">1 to 64 characters, unique among the caller's without regard to case.</param>
    /// <param name="role">At most the caller's.</param>
    /// <param name="expires">When it becomes worthless; null: never.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="AccessRefusedException">The caller has no account, or asks for more than their own role.</exception>
    /// <exception cref="PeopleException">The name is taken or cannot be used.</exception>
    public async Task<string> AddOwnAsync(
        Caller caller, string? session, string name, Role role, DateTimeOffset? expires, CancellationToken cancellationToken)
    {
        OwnAccount.Demand(caller);
        if (role > caller.Role)
        {
            throw new AccessRefusedException(caller, Permission.ManagePeople);
        }

        // As above.
        await sessions.DemandConfirmedAsync(session, cancellationToken).ConfigureAwait(false);
        return await StoreAsync(caller, caller.UserId, name, role, expires, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All tokens with their owners: the panel's first, then by owner and name.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public Task<IReadOnlyList<ApiToken>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        return QueryAsync(tokens => tokens, cancellationToken);
    }

    /// <summary>The caller's own tokens, by name.</summary>
    /// <exception cref="AccessRefusedException">The caller has no account.</exception>
    public Task<IReadOnlyList<ApiToken>> ListOwnAsync(Caller caller, CancellationToken cancellationToken)
    {
        OwnAccount.Demand(caller);
        return QueryAsync(tokens => tokens.Where(row => row.OwnerId == caller.UserId), cancellationToken);
    }

    /// <summary>Makes a token of the panel's own worthless at once.</summary>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">There is no such token.</exception>
    public async Task RevokeAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManagePeople);
        if (!await RemoveAsync(tokens => tokens.Where(row => row.OwnerId == null && row.Name == name), cancellationToken).ConfigureAwait(false))
        {
            throw new PeopleException(PeopleFault.UnknownName(name));
        }

        audit.Record(caller, AuditAction.TokenRevoked, name);
    }

    /// <summary>Makes any token worthless at once: one's own, or, as an administrator, anybody's.</summary>
    /// <exception cref="AccessRefusedException">It is somebody else's.</exception>
    public async Task RevokeAsync(Caller caller, int id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var found = (await QueryAsync(tokens => tokens.Where(row => row.Id == id), cancellationToken).ConfigureAwait(false)).SingleOrDefault();
        if (found?.OwnerId is null || found.OwnerId != caller.UserId)
        {
            caller.Demand(Permission.ManagePeople);
        }

        if (found is not null && await RemoveAsync(tokens => tokens.Where(row => row.Id == id), cancellationToken).ConfigureAwait(false))
        {
            audit.Record(caller, AuditAction.TokenRevoked, found.Owner is { } owner ? $"{found.Name} ({owner.UserName})" : found.Name);
        }
    }

    /// <summary>The token that was presented, with its owner; null when it is unknown, revoked or over.</summary>
    public async Task<ApiToken?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Secret.HashOf(token);
        var found = (await QueryAsync(tokens => tokens.Where(row => row.Hash == hash), cancellationToken).ConfigureAwait(false)).SingleOrDefault();
        var now = time.GetUtcNow();
        if (found is null || RoleOf(found, now) is null)
        {
            return null;
        }

        if (found.LastUsedAt is not { } used || (now - used).Duration() >= SeenInterval)
        {
            await NoteUseAsync(found.Id, now, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>What a token is good for now; null: nothing. <see cref="ApiToken.Owner"/> must be loaded.</summary>
    internal static Role? RoleOf(ApiToken token, DateTimeOffset now)
    {
        if (token.ExpiresAt <= now || token.Owner is { IsDisabled: true })
        {
            return null;
        }

        return token.Owner is { } owner && owner.Role < token.Role ? owner.Role : token.Role;
    }

    private async Task NoteUseAsync(int id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                await context.ApiTokens.Where(row => row.Id == id)
                    .ExecuteUpdateAsync(row => row.SetProperty(t => t.LastUsedAt, now), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SqliteException)
        {
            // A full or busy disk: the token is good all the same, and the storage banner says what is up.
        }
    }

    private async Task<string> StoreAsync(
        Caller caller, string? ownerId, string name, Role role, DateTimeOffset? expires, CancellationToken cancellationToken)
    {
        AccountName.Demand(name);
        var token = Secret.Create(Prefix);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (ownerId is not null && await context.ApiTokens.CountAsync(row => row.OwnerId == ownerId, cancellationToken).ConfigureAwait(false) >= MostOwn)
            {
                throw new PeopleException(PeopleFault.TooManyTokens($"{MostOwn}"));
            }

            if (await context.ApiTokens.AnyAsync(row => row.OwnerId == ownerId && row.Name == name, cancellationToken).ConfigureAwait(false))
            {
                throw new PeopleException(PeopleFault.NameTaken(name));
            }

            context.ApiTokens.Add(new ApiToken
            {
                Name = name,
                Role = role,
                OwnerId = ownerId,
                Hash = Secret.HashOf(token),
                CreatedAt = time.GetUtcNow(),
                ExpiresAt = expires,
            });
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        audit.Record(caller, AuditAction.TokenAdded, $"{name} ({role})");
        return token;
    }

    private async Task<IReadOnlyList<ApiToken>> QueryAsync(
        Func<IQueryable<ApiToken>, IQueryable<ApiToken>> choose, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return await choose(context.ApiTokens.AsNoTracking().Include(row => row.Owner))
                .OrderBy(row => row.Owner!.NormalizedUserName).ThenBy(row => row.Name)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> RemoveAsync(Func<IQueryable<ApiToken>, IQueryable<ApiToken>> choose, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return await choose(context.ApiTokens).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) > 0;
        }
    }
}
