using Microsoft.AspNetCore.Diagnostics;

namespace PiCam.Blazor;

/// <summary>Gives every failed answer to a person's browser that would be empty a page, in their language.</summary>
public static class ErrorPages
{
    /// <summary>Outermost but for the proxies' headers, so that the page that is shown instead gets all that pages get: headers, guards, language.</summary>
    public static WebApplication UsePiCamErrorPages(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseWhen(IsForAPerson, pages =>
        {
            pages.UseExceptionHandler("/problem/500", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true);
            pages.Use(async (context, next) =>
            {
                // A page about a failure is read, even if what failed was the posting of a form.
                if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null
                    || context.Features.Get<IExceptionHandlerFeature>() is not null)
                {
                    context.Request.Method = HttpMethods.Get;
                }

                await next(context).ConfigureAwait(false);

                // A form without a valid antiforgery token is answered by nothing, but by nothing of type HTML.
                if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest, ContentLength: null })
                {
                    context.Response.ContentType = null;
                }
            });
        });
        return app;
    }

    private static bool IsForAPerson(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
