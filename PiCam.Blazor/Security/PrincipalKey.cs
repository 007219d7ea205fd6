using System.Security.Claims;

namespace PiCam.Blazor.Security;

/// <summary>Under what limits count somebody: a person's tokens are that person.</summary>
internal static class PrincipalKey
{
    /// <summary>Null: nobody is signed in.</summary>
    public static string? Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue(PanelClaims.Owner) ?? principal.FindFirstValue(ClaimTypes.NameIdentifier);
}
