using System.Security.Claims;
using PiCam.Blazor.Security;

namespace PiCam.Tests.Fixtures;

/// <summary>Everybody is welcome until the test says otherwise.</summary>
internal sealed class FakePrincipalCheck : IPrincipalCheck
{
    public bool Welcome { get; set; } = true;

    public Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) => Task.FromResult(Welcome);
}
