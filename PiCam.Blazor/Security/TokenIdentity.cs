using System.Globalization;
using System.Security.Claims;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>How a bearer token or a guest link appears as a caller: the id <c>token:7</c> or <c>guest:7</c>, and its name.</summary>
internal static class TokenIdentity
{
    private const string TokenPrefix = "token:";
    private const string GuestPrefix = "guest:";

    public static string TokenId(int id) => Id(TokenPrefix, id);

    public static string GuestId(int id) => Id(GuestPrefix, id);

    public static ClaimsPrincipal Create(string id, string name, Role role, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role.ToString())],
        scheme));

    /// <summary>Null for the id of anything but a token.</summary>
    public static int? TryReadToken(string userId) => TryRead(TokenPrefix, userId);

    /// <summary>Null for the id of anything but a guest.</summary>
    public static int? TryReadGuest(string userId) => TryRead(GuestPrefix, userId);

    private static string Id(string prefix, int id) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{id}");

    private static int? TryRead(string prefix, string userId) =>
        userId.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(userId.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
