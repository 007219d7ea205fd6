using System.Net;
using System.Net.Sockets;
using System.Security.Claims;

namespace PiCam.Blazor.Security;

/// <summary>Where a request came from, always spelled the same way.</summary>
internal static class ClientAddress
{
    /// <summary>Null: it is not known.</summary>
    public static string? Of(HttpContext context) => context.Connection.RemoteIpAddress is { } address ? Plain(address).ToString() : null;

    /// <summary>IPv4 as such, where the server took it for a part of IPv6.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Under what limits count an address: itself, or its network, because who has one IPv6 address has a /64 of them. "-": it is not known.</summary>
    public static string Network(IPAddress? address)
    {
        var plain = address is null ? null : Plain(address);
        return plain?.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes(), 0, 8) : plain?.ToString() ?? "-";
    }

    /// <summary>Puts it into a claim: an open page has no request to ask.</summary>
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

        if (Of(context) is { } address)
        {
            identity.AddClaim(new Claim(PanelClaims.Address, address));
        }
    }
}
