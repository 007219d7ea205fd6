using System.Text.Json;
using System.Text.Json.Serialization;

namespace PiCam.Blazor.Api;

/// <summary>The HTTP API: pictures, status, camera controls and gimbal for other programs.</summary>
public static class ApiExtensions
{
    /// <summary>What the API needs: JSON as it is spelled here, the readiness check, the OpenAPI document.</summary>
    public static IServiceCollection AddPiCamApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "PiCam";
            document.Info.Description = "Camera and gimbal of one panel. Sign in by cookie, or send a token as Authorization: Bearer.";
            return Task.CompletedTask;
        }));
        return services;
    }

    /// <summary>Gives every empty error answer under /api a problem document; after the security middleware.</summary>
    public static WebApplication UsePiCamApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            api =>
            {
                api.UseExceptionHandler(failed => failed.Run(context =>
                    TypedResults.Problem("The panel made a mistake; its log says more.", statusCode: 500).ExecuteAsync(context)));
                api.UseStatusCodePages(context =>
                    TypedResults.Problem(statusCode: context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
            });
        return app;
    }

    /// <summary>Maps every route of the API. All but /healthz and /readyz need a signed-in person or a token.</summary>
    public static IEndpointRouteBuilder MapPiCamApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        HealthEndpoints.Map(endpoints);
        endpoints.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization();

        var signedIn = endpoints.MapGroup("").RequireAuthorization().AddEndpointFilter<ProblemFilter>();
        PictureEndpoints.Map(signedIn);
        var api = signedIn.MapGroup("/api");
        StatusEndpoints.Map(api);
        CameraEndpoints.Map(api);
        GimbalEndpoints.Map(api);
        return endpoints;
    }
}
