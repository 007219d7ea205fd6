using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace PiCam.Blazor.Security;

/// <summary>Asks again and again whether the person behind an open page is still welcome.</summary>
internal sealed class CircuitAuthentication(ILoggerFactory logger, PrincipalCheck check)
    : RevalidatingServerAuthenticationStateProvider(logger)
{
    // A dismissed person's page must be at the sign-in page within 5 s.
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(2);

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        check.IsCurrentAsync(authenticationState.User, cancellationToken);
}
