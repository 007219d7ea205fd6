using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Until the first account exists every route leads to the set-up page; afterwards that page leads to the panel.</summary>
internal sealed class SetupGuard(RequestDelegate next, ISetupState setup)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var read = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (setup.Done)
        {
            if (read && context.Request.Path.Equals(PublicEndpoints.Setup, StringComparison.OrdinalIgnoreCase))
            {
                context.Response.Redirect("/");
                return Task.CompletedTask;
            }

            return next(context);
        }

        if (PublicEndpoints.WorksDuringSetup(endpoint))
        {
            return next(context);
        }

        if (read)
        {
            context.Response.Redirect(PublicEndpoints.Setup);
            return Task.CompletedTask;
        }

        return TypedResults.Problem(
            $"This panel has no account yet: open {PublicEndpoints.Setup} in a browser first.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Set-up is not done").ExecuteAsync(context);
    }
}
