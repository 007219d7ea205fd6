using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Asks the database.</summary>
public sealed class PrincipalCheck(IDbContextFactory<PiCamDbContext> contexts, IOptions<IdentityOptions> options)
    : IPrincipalCheck, ICallerCheck
{
    /// <inheritdoc/>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        var role = principal.FindFirstValue(ClaimTypes.Role);
        return id is not null && role is not null
            && await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } found
            && found.Role.ToString() == role
            && found.Stamp == principal.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsCurrentAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.UserId == Caller.System.UserId
            || (await FindAsync(caller.UserId, cancellationToken).ConfigureAwait(false))?.Role == caller.Role;
    }

    /// <summary>Null: there is no such person or token (any more). A token has no stamp.</summary>
    private async Task<(Role Role, string? Stamp)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (TokenIdentity.TryReadId(id) is { } tokenId)
            {
                var token = await context.ApiTokens.AsNoTracking()
                    .SingleOrDefaultAsync(row => row.Id == tokenId, cancellationToken).ConfigureAwait(false);
                return token is null ? null : (token.Role, null);
            }

            var user = await context.Users.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false);
            return user is null ? null : (user.Role, user.SecurityStamp);
        }
    }
}
