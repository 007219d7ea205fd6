using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Security;

/// <summary>Adds the role, which is a column of the user, to the claims.</summary>
internal sealed class PiCamPrincipalFactory(UserManager<PiCamUser> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<PiCamUser>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(PiCamUser user)
    {
        var identity = await base.GenerateClaimsAsync(user).ConfigureAwait(false);
        identity.AddClaim(new Claim(ClaimTypes.Role, user.Role.ToString()));
        return identity;
    }
}
