using System.Globalization;
using System.Security.Claims;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Security;

/// <summary>How a bearer token appears as a caller: the id <c>token:7</c>, and the token's name.</summary>
internal static class TokenIdentity
{
    // SQLite may give a revoked token's id to the next one; the time of making tells them apart.
    public const string CreatedClaim = "picam:created";

    private const string Prefix = "token:";

    public static ClaimsPrincipal Create(ApiToken token, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{token.Id}")),
            new Claim(ClaimTypes.Name, token.Name),
            new Claim(ClaimTypes.Role, token.Role.ToString()),
            new Claim(CreatedClaim, token.CreatedAt.ToString("O", CultureInfo.InvariantCulture)),
        ],
        scheme));

    /// <summary>Null for the id of a person.</summary>
    public static int? TryReadId(string userId) =>
        userId.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(userId.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
