using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Data.Sqlite;

namespace PiCam.Blazor.Security;

/// <summary>Asks again and again whether the person behind an open page is still welcome.</summary>
internal sealed class CircuitAuthentication(ILoggerFactory logger, IPrincipalCheck check)
    : RevalidatingServerAuthenticationStateProvider(logger)
{
    // A dismissed person's page must be at the sign-in page within 5 s.
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(2);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await check.IsCurrentAsync(authenticationState.User, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SqliteException or ObjectDisposedException)
        {
            // A busy database, or a panel that is stopping, is no reason to send everybody to the sign-in page; the next
            // look comes in 2 s, and every command asks by itself.
            return true;
        }
    }
}
