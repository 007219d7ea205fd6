using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Security;

/// <summary>Asks the database.</summary>
public sealed class PrincipalCheck(IDbContextFactory<PiCamDbContext> contexts, IOptions<IdentityOptions> options)
    : IPrincipalCheck
{
    /// <inheritdoc/>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        var role = principal.FindFirstValue(ClaimTypes.Role);
        if (id is null || role is null)
        {
            return false;
        }

        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (TokenIdentity.TryReadId(id) is { } tokenId)
            {
                var token = await context.ApiTokens.AsNoTracking()
                    .SingleOrDefaultAsync(row => row.Id == tokenId, cancellationToken).ConfigureAwait(false);
                return token is not null && token.Role.ToString() == role;
            }

            var stamp = principal.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
            var user = await context.Users.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false);
            return user is not null && user.SecurityStamp == stamp && user.Role.ToString() == role;
        }
    }
}
