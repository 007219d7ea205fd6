using Microsoft.Extensions.Options;
using PiCam.Blazor.Certificates;

namespace PiCam.Blazor.Security;

/// <summary>Adds the headers that limit what a browser does with our answers to every answer, errors and 304s included.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<HttpsOptions> https)
{
    // Days of 86400 s: 180. Not for the subdomains, which may be other machines.
    private const string TransportSecurity = "max-age=15552000";

    // With the local authority's certificate never: browsers would let nobody past the warning of a device that does not know it.
    private readonly bool demandsHttps = https.Value.Is(HttpsOptions.Own) && https.Value.Hsts;

    // MudBlazor sets style attributes and injects style elements, so styles are inline; scripts never are. The live picture is a data: or
    // blob: image, or a blob: video that a script feeds. 'self' covers the circuit's WebSocket in Chromium, Firefox and Safari ≥ 15.4.
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // A page of PiCam shows a camera's picture; it has no business with the visitor's own.
    private const string PermissionsPolicy =
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), "
        + "midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=(), clipboard-write=(self), fullscreen=(self), gamepad=(self), "
        + "publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(self)";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment, because an error page starts by clearing the headers.
        context.Response.OnStarting(static state => Add((IHeaderDictionary)state), context.Response.Headers);
        if (demandsHttps && context.Request.IsHttps)
        {
            context.Response.OnStarting(
                static state =>
                {
                    ((IHeaderDictionary)state).StrictTransportSecurity = TransportSecurity;
                    return Task.CompletedTask;
                },
                context.Response.Headers);
        }

        return next(context);
    }

    private static Task Add(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Nothing leaks to other sites, but our own forms keep a usable Origin header: under no-referrer browsers send
        // "Origin: null" with them, and over plain http there is no Sec-Fetch-Site either.
        headers["Referrer-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
