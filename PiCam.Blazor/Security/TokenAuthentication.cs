using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace PiCam.Blazor.Security;

/// <summary>Signs a request in by its <c>Authorization: Bearer</c> header.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tokens tokens, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(SchemeName + " ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail("Not a bearer token.");
        }

        var token = await tokens.FindAsync(header[(SchemeName.Length + 1)..].Trim(), Context.RequestAborted).ConfigureAwait(false);
        if (token is null || Tokens.RoleOf(token, time.GetUtcNow()) is not { } role)
        {
            return AuthenticateResult.Fail("Unknown or revoked token.");
        }

        var principal = TokenIdentity.Create(TokenIdentity.TokenId(token.Id), token.Name, role, Scheme.Name);
        if (token.OwnerId is { } owner)
        {
            ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(PanelClaims.Owner, owner));
        }

        ClientAddress.Put(principal, Context);
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return TypedResults.Problem("The bearer token is unknown or revoked.", statusCode: StatusCodes.Status401Unauthorized)
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        TypedResults.Problem("The token's role does not allow this.", statusCode: StatusCodes.Status403Forbidden)
            .ExecuteAsync(Context);
}
