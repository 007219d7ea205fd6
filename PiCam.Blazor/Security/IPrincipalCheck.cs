using System.Security.Claims;

namespace PiCam.Blazor.Security;

/// <summary>Whether somebody who once proved who they are is still that person, with that role.</summary>
public interface IPrincipalCheck
{
    /// <summary>False once the person or token was removed, got another role, or the password was reset.</summary>
    Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken);
}
