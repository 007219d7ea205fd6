using System.Security.Claims;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Makes a <see cref="Caller"/> from what the web framework knows about who asks: a person, a token or a guest.</summary>
public static class CallerFactory
{
    /// <param name="principal">From a circuit's authentication state, or from a request.</param>
    /// <param name="session">The circuit's or request's id; null: a new one.</param>
    /// <exception cref="InvalidOperationException">Nobody is signed in, so no code may get this far.</exception>
    public static Caller From(ClaimsPrincipal principal, string? session = null)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.Identity is not { IsAuthenticated: true, Name: { } name }
            || principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
            || !Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role))
        {
            throw new InvalidOperationException("Nobody is signed in.");
        }

        return new Caller(id, name, role, session ?? Guid.NewGuid().ToString("N"), principal.FindFirstValue(PanelClaims.Address));
    }

    /// <summary>The caller of this request.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint is public and has no caller.</exception>
    public static Caller From(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return From(context.User, context.TraceIdentifier);
    }
}
