using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Endpoints;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>The cookie that keeps a person signed in.</summary>
internal static class SignInCookie
{
    /// <summary>Over HTTPS it has a prefix, see <see cref="SchemeCookies"/>.</summary>
    public const string Name = "picam";

    private const string StepName = "picam-step";

    // The request came with the cookie of a guest link that is over.
    private static readonly object GuestIsOver = new();

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.CookieManager = new SchemeCookies();
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Sessions.Lifetime;
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = ChallengeAsync;
        options.Events.OnRedirectToAccessDenied = RefuseAsync;
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>The cookie between two steps: a password and the code of an app, or a passkey's challenge and its answer.</summary>
    public static void ConfigureStep(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = StepName;
        options.CookieManager = new SchemeCookies();
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        options.SlidingExpiration = false;
    }

    /// <summary>Pages lead to the sign-in page, and guests whose link is over to the page that says so; a picture, a stream or a call of the API gets a plain 401.</summary>
    private static Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (!IsPage(http))
        {
            http.Response.Headers.WWWAuthenticate = TokenAuthentication.SchemeName;
            return TypedResults.Problem("Sign in, or send a bearer token.", statusCode: StatusCodes.Status401Unauthorized)
                .ExecuteAsync(http);
        }

        if (http.Items.ContainsKey(GuestIsOver))
        {
            http.Response.Redirect(PublicEndpoints.Guest);
            return http.SignOutAsync(context.Scheme.Name);
        }

        var wanted = http.Request.PathBase + http.Request.Path + http.Request.QueryString;
        http.Response.Redirect(wanted == "/" ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(wanted)}");
        return Task.CompletedTask;
    }

    /// <summary>Who opens a page gets one that says so, see <see cref="ErrorPages"/>; a program gets the reason.</summary>
    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsPage(context.HttpContext))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return TypedResults.Problem("Your role does not allow this.", statusCode: StatusCodes.Status403Forbidden)
            .ExecuteAsync(context.HttpContext);
    }

    private static bool IsPage(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return false;
        }

        // Where nothing is mapped, a person who follows an old link is told apart from a program by what they accept.
        return http.GetEndpoint() is { } endpoint
            ? endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            : http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    // Asked on every request: the database is local, and a removed person must not see one more picture.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var check = context.HttpContext.RequestServices.GetRequiredService<PrincipalCheck>();
        if (context.Principal is not { } principal)
        {
            return;
        }

        ClientAddress.Put(principal, context.HttpContext);
        if (await check.FindAsync(principal, context.HttpContext.RequestAborted).ConfigureAwait(false) is not { } found)
        {
            context.RejectPrincipal();
            if (principal.IsInRole(nameof(Role.Guest)))
            {
                // The cookie stays until a page says so: the stream of an open page may ask before its page does.
                context.HttpContext.Items[GuestIsOver] = true;
                return;
            }

            await context.HttpContext.SignOutAsync(context.Scheme.Name).ConfigureAwait(false);
            return;
        }

        // Another name or role: the same person, and the same session.
        if (principal.Identity is ClaimsIdentity identity
            && (found.Name != identity.Name || found.Role.ToString() != identity.FindFirst(identity.RoleClaimType)?.Value))
        {
            Replace(identity, identity.NameClaimType, found.Name);
            Replace(identity, identity.RoleClaimType, found.Role.ToString());
            context.ShouldRenew = true;
        }
    }

    private static void Replace(ClaimsIdentity identity, string type, string value)
    {
        foreach (var old in identity.FindAll(type).ToList())
        {
            identity.RemoveClaim(old);
        }

        identity.AddClaim(new Claim(type, value));
    }
}
