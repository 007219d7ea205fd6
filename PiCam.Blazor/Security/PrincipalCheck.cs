using System.Security.Claims;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Asks the database, and notes there that somebody was seen.</summary>
public sealed class PrincipalCheck(IDbContextFactory<PiCamDbContext> contexts, TimeProvider time) : IPrincipalCheck, ICallerCheck
{
    // More often would only wear the card.
    private static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return await FindAsync(principal, cancellationToken).ConfigureAwait(false) is { } found
            && found.Role.ToString() == principal.FindFirstValue(ClaimTypes.Role)
            && found.Name == principal.Identity?.Name;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsCurrentAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.UserId == Caller.System.UserId)
        {
            return true;
        }

        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var found = await FindProgramAsync(context, caller.UserId, cancellationToken).ConfigureAwait(false)
                ?? await context.Users.Where(row => row.Id == caller.UserId && !row.IsDisabled)
                    .Select(row => new PresentPrincipal(row.UserName!, row.Role)).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return found?.Role == caller.Role;
        }
    }

    /// <summary>Who that is by now; null: nobody who may come in (any more).</summary>
    public async Task<PresentPrincipal?> FindAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
        {
            return null;
        }

        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (principal.FindFirstValue(PanelClaims.Session) is not { } session)
            {
                return await FindProgramAsync(context, id, cancellationToken).ConfigureAwait(false);
            }

            var found = await context.UserSessions
                .Where(row => row.Id == session && row.UserId == id && !row.User!.IsDisabled)
                .Select(row => new { row.LastSeenAt, row.User!.UserName, row.User.Role })
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            var now = time.GetUtcNow();
            if (found is null)
            {
                return null;
            }

            // A clock that was set back counts as a minute, too.
            if ((now - found.LastSeenAt).Duration() >= SeenInterval)
            {
                var address = principal.FindFirstValue(PanelClaims.Address);
                try
                {
                    await context.UserSessions.Where(row => row.Id == session).ExecuteUpdateAsync(
                        row => row.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.Address, s => address ?? s.Address),
                        cancellationToken).ConfigureAwait(false);
                }
                catch (SqliteException)
                {
                    // A full or busy disk: who they are does not depend on when they were seen, and the storage banner says what is up.
                }
            }

            return new(found.UserName!, found.Role);
        }
    }

    private async Task<PresentPrincipal?> FindProgramAsync(PiCamDbContext context, string id, CancellationToken cancellationToken)
    {
        if (TokenIdentity.TryReadToken(id) is { } tokenId)
        {
            var token = await context.ApiTokens.AsNoTracking().Include(row => row.Owner)
                .SingleOrDefaultAsync(row => row.Id == tokenId, cancellationToken).ConfigureAwait(false);
            return token is null || Tokens.RoleOf(token, time.GetUtcNow()) is not { } role ? null : new(token.Name, role);
        }

        if (TokenIdentity.TryReadGuest(id) is { } guestId)
        {
            var link = await Links.Good(context)
                .SingleOrDefaultAsync(row => row.Id == guestId, cancellationToken).ConfigureAwait(false);
            return link is null || link.ExpiresAt <= time.GetUtcNow() ? null : new(link.Name, Role.Guest);
        }

        return null;
    }
}
