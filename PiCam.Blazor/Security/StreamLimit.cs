using System.Security.Claims;

namespace PiCam.Blazor.Security;

/// <summary>Lets each caller have some streams open and no more.</summary>
internal sealed class StreamLimit(OpenLimit limit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var opened = limit.TryOpen("stream", context.HttpContext.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "");
        return opened is null
            ? TypedResults.Problem(
                $"{OpenLimit.Most} streams are open already; close one.",
                statusCode: StatusCodes.Status429TooManyRequests,
                title: "Too many streams")
            : await next(context).ConfigureAwait(false);
    }
}
