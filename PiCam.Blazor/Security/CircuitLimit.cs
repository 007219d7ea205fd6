using Microsoft.AspNetCore.Http.Features;

namespace PiCam.Blazor.Security;

/// <summary>
/// Lets each caller have some pages open and no more, and pages talk by WebSocket only: the older ways would be counted
/// differently, and no browser that can show the page needs them. After authentication.
/// </summary>
internal sealed class CircuitLimit(RequestDelegate next, OpenLimit limit, IHostApplicationLifetime lifetime)
{
    private const string Kind = "page";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase, out var rest)
            || PrincipalKey.Of(context.User) is not { } caller)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (rest.HasValue && rest.Value is not "/")
        {
            if (rest.Value.Equals("/negotiate", StringComparison.OrdinalIgnoreCase) && !limit.HasRoom(Kind, caller))
            {
                await RefuseAsync(context).ConfigureAwait(false);
                return;
            }

            await next(context).ConfigureAwait(false);
            return;
        }

        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true }
            && context.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true })
        {
            await TypedResults.Problem("Pages talk by WebSocket only.", statusCode: StatusCodes.Status400BadRequest)
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        using var opened = limit.TryOpen(Kind, caller);
        if (opened is null)
        {
            await RefuseAsync(context).ConfigureAwait(false);
            return;
        }

        // A page that is busy with pictures would keep a panel that stops waiting until its patience ends, and its services with it.
        using var stopping = lifetime.ApplicationStopping.Register(context.Abort);
        await next(context).ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpContext context) => TypedResults.Problem(
        $"{OpenLimit.Most} pages are open already; close one.",
        statusCode: StatusCodes.Status429TooManyRequests,
        title: "Too many pages").ExecuteAsync(context);
}
