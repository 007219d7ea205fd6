using Microsoft.AspNetCore.Identity;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Security;

/// <summary>Checks the six digits of an authenticator app, each once.</summary>
internal sealed class AuthenticatorCodes(SpentCodes spent) : AuthenticatorTokenProvider<PiCamUser>
{
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<PiCamUser> manager, PiCamUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await base.ValidateAsync(purpose, token, manager, user).ConfigureAwait(false) && spent.TrySpend(user.Id, token);
    }
}
