using Microsoft.AspNetCore.Authentication.Cookies;

namespace PiCam.Blazor.Security;

/// <summary>
/// Keeps one cookie for HTTPS and one for HTTP. Cookies know hosts, not ports, and a browser lets no page over HTTP replace a
/// secure cookie of the same host: with one name, whoever once came by HTTPS could not sign in over HTTP any more.
/// </summary>
internal sealed class SchemeCookies : ICookieManager
{
    // Browsers take a cookie of such a name only if it is secure, for this host alone and for all its paths.
    private const string SecurePrefix = "__Host-";

    private readonly ChunkingCookieManager cookies = new();

    /// <summary>What the cookie of that name is called on the scheme of a request.</summary>
    public static string NameOn(HttpRequest request, string name) => request.IsHttps ? SecurePrefix + name : name;

    public string? GetRequestCookie(HttpContext context, string key) => cookies.GetRequestCookie(context, NameOn(context.Request, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        cookies.AppendResponseCookie(context, NameOn(context.Request, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        cookies.DeleteCookie(context, NameOn(context.Request, key), options);
}
