using System.Security.Claims;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Tests.Fixtures;

/// <summary>Everybody is welcome until the test says otherwise.</summary>
internal sealed class FakePrincipalCheck : IPrincipalCheck, ICallerCheck
{
    public bool Welcome { get; set; } = true;

    public Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) => Task.FromResult(Welcome);

    public ValueTask<bool> IsCurrentAsync(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult(Welcome);
}
