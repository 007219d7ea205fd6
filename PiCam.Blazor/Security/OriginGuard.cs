using Microsoft.AspNetCore.Antiforgery;

namespace PiCam.Blazor.Security;

/// <summary>
/// Turns requests away that a page of another site made the browser send with our cookie. Requests with an
/// Authorization header pass: no browser adds one by itself, and they are never signed in by cookie.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        IsForeign(context) ? RefuseAsync(context) : next(context);

    private static bool IsForeign(HttpContext context)
    {
        var request = context.Request;
        var origin = request.Headers.Origin.ToString();

        // The same-origin policy does not cover WebSockets: any page may open one, and the browser sends our cookie along.
        if (request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) && origin.Length > 0)
        {
            return !IsOwn(origin, request);
        }

        if (request.Headers.Authorization.Count > 0 || (IsSafe(request.Method) && !OpensSocket(request)))
        {
            return false;
        }

        // "null" is what a browser sends for a form of our own page too, under some referrer policies.
        if (origin.Length > 0 && origin != "null")
        {
            return !IsOwn(origin, request);
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        // Neither header: no present browser, or plain http, where Sec-Fetch-Site is not sent. A form's antiforgery token
        // proves where it came from; without a cookie there is nothing to abuse.
        var checksToken = context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation == true;
        return !checksToken && request.Cookies.ContainsKey(SchemeCookies.NameOn(request, SignInCookie.Name));
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    // A GET, and yet commands come through it.
    private static bool OpensSocket(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);

    private static bool IsOwn(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context) =>
        TypedResults.Problem(
            "This request came from a page of another site.",
            statusCode: StatusCodes.Status403Forbidden,
            title: "Foreign origin").ExecuteAsync(context);
}
