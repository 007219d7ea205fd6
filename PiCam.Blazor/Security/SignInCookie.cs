using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Endpoints;

namespace PiCam.Blazor.Security;

/// <summary>The cookie that keeps a person signed in.</summary>
internal static class SignInCookie
{
    /// <summary>Over HTTPS it has a prefix, see <see cref="SchemeCookies"/>.</summary>
    public const string Name = "picam";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.CookieManager = new SchemeCookies();
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = ChallengeAsync;
        options.Events.OnRedirectToAccessDenied = context => TypedResults.Problem(
            "Your role does not allow this.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context.HttpContext);
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>Pages lead to the sign-in page; a picture, a stream or a call of the API gets a plain 401.</summary>
    private static Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (!IsPage(http))
        {
            return TypedResults.Problem("Sign in, or send a bearer token.", statusCode: StatusCodes.Status401Unauthorized)
                .ExecuteAsync(http);
        }

        var wanted = http.Request.PathBase + http.Request.Path + http.Request.QueryString;
        http.Response.Redirect(wanted == "/" ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(wanted)}");
        return Task.CompletedTask;
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
        var check = context.HttpContext.RequestServices.GetRequiredService<IPrincipalCheck>();
        if (context.Principal is null
            || !await check.IsCurrentAsync(context.Principal, context.HttpContext.RequestAborted).ConfigureAwait(false))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name).ConfigureAwait(false);
        }
    }
}
