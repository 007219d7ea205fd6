namespace PiCam.Blazor.Security;

/// <summary>Lets each caller have some streams open and no more.</summary>
internal sealed class StreamLimit(OpenLimit limit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var opened = limit.TryOpen("stream", PrincipalKey.Of(context.HttpContext.User) ?? "");
        return opened is null
            ? TypedResults.Problem(
                $"{OpenLimit.Most} streams are open already; close one.",
                statusCode: StatusCodes.Status429TooManyRequests,
                title: "Too many streams")
            : await next(context).ConfigureAwait(false);
    }
}
