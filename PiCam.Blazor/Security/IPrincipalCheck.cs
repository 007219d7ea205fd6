using System.Security.Claims;

namespace PiCam.Blazor.Security;

/// <summary>Whether somebody who once proved who they are is still that person, with that role.</summary>
public interface IPrincipalCheck
{
    /// <summary>
    /// False once the person, token or guest link was removed, disabled or is over, got another role or name, or the browser's
    /// session was ended.
    /// </summary>
    Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken);
}
