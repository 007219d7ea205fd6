using PiCam.Blazor.Security;

namespace PiCam.Blazor.Certificates;

/// <summary>Leads requests over HTTP to HTTPS while <see cref="AlwaysHttps"/> is on; what a password or picture hangs on waits until then.</summary>
internal sealed class HttpsRedirect(RequestDelegate next, AlwaysHttps always, HttpsEndpoint endpoint)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;

        // Behind a proxy it is the proxy's business, whose port this panel does not know.
        if (!always.IsOn || request.IsHttps || KnownProxies.HasPassed(context)
            || PublicEndpoints.WorksOverHttp(context.GetEndpoint())
            || endpoint.AddressOf(request, request.Path) is not { } address)
        {
            return next(context);
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            // Not led on: what it carries has already crossed the network in the clear.
            return TypedResults.Problem(
                $"This panel takes this over HTTPS only: {address}", statusCode: StatusCodes.Status403Forbidden, title: "HTTPS only").ExecuteAsync(context);
        }

        // Never a permanent one: browsers would remember it after the switch is off again.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = address + request.QueryString;
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        return Task.CompletedTask;
    }
}
