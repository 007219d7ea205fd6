using PiCam.Blazor.Security;

namespace PiCam.Blazor.Api;

/// <summary>
/// What programs that were made for mjpg-streamer ask for: <c>/?action=stream</c> and <c>/?action=snapshot</c>. They are other names for
/// this panel's own addresses, with the same checks.
/// </summary>
internal sealed class MjpgStreamerPaths(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path == "/" && context.Request.Query["action"] is [{ } action])
        {
            context.Request.Path = action switch
            {
                "stream" => PublicEndpoints.Stream,
                "snapshot" => PublicEndpoints.Snapshot,
                _ => context.Request.Path,
            };
        }

        return next(context);
    }
}
