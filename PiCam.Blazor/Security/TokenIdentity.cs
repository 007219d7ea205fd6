using System.Globalization;
using System.Security.Claims;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Security;

/// <summary>How a bearer token appears as a caller: the id <c>token:7</c>, and the token's name.</summary>
internal static class TokenIdentity
{
    private const string Prefix = "token:";

    public static ClaimsPrincipal Create(ApiToken token, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{token.Id}")),
            new Claim(ClaimTypes.Name, token.Name),
            new Claim(ClaimTypes.Role, token.Role.ToString()),
        ],
        scheme));

    /// <summary>Null for the id of a person.</summary>
    public static int? TryReadId(string userId) =>
        userId.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(userId.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
