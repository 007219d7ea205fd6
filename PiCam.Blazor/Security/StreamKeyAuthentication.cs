using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>
/// Signs a request for the live picture in by a guest link's key in its address (<c>?token=…</c>), for programs that can send neither a
/// cookie nor a header. Addresses end up in logs and histories, so the owner has to allow it (<c>Network:KeysInAddress</c>), and such
/// a key is good for the live picture only and can be revoked.
/// </summary>
internal sealed class StreamKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Links links,
    IOptions<NetworkOptions> network)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "StreamKey";

    private const string Parameter = "token";

    /// <summary>Whether a request wants to be signed in this way.</summary>
    public static bool IsMeant(HttpRequest request) =>
        request.Query.ContainsKey(Parameter) && PublicEndpoints.TakesStreamKeys(request.HttpContext.GetEndpoint());

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!network.Value.KeysInAddress)
        {
            return AuthenticateResult.Fail("Keys in addresses are not allowed.");
        }

        var link = await links.FindGuestAsync(Request.Query[Parameter], Context.RequestAborted).ConfigureAwait(false);
        if (link is null)
        {
            return AuthenticateResult.Fail("Unknown or revoked key.");
        }

        await links.EnteredAsync(link, ClientAddress.Of(Context), Context.RequestAborted).ConfigureAwait(false);
        var principal = TokenIdentity.Create(TokenIdentity.GuestId(link.Id), link.Name, Role.Guest, Scheme.Name);
        ClientAddress.Put(principal, Context);
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => TypedResults.Problem(
        network.Value.KeysInAddress
            ? "What stands behind token= is no guest link's key, or it is revoked or too old; a token of the panel is sent as Authorization: Bearer."
            : "Keys in addresses are not allowed here; the owner can allow them with Network:KeysInAddress.",
        statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
}
