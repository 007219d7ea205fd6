using System.Security.Claims;

namespace PiCam.Blazor.Security;

/// <summary>Where a request came from, as a claim: an open page has no request to ask.</summary>
internal static class PrincipalAddress
{
    public static void Put(ClaimsPrincipal principal, HttpContext context)
    {
        if (principal.Identity is not ClaimsIdentity identity)
        {
            return;
        }

        foreach (var old in identity.FindAll(PanelClaims.Address).ToList())
        {
            identity.RemoveClaim(old);
        }

        if (context.Connection.RemoteIpAddress is { } address)
        {
            identity.AddClaim(new Claim(PanelClaims.Address, (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()));
        }
    }
}
