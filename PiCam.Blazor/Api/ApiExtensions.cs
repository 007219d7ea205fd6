using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;
using PiCam.Blazor.Api.Events;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Api;

/// <summary>The HTTP API: pictures, status, camera controls, gimbal and library for other programs.</summary>
public static class ApiExtensions
{
    /// <summary>What the API needs: JSON as it is spelled here, the readiness check, the OpenAPI document.</summary>
    public static IServiceCollection AddPiCamApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        services.AddPiCamEvents();
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
                api.UseStatusCodePages(context => AnswerEmptyErrorAsync(context.HttpContext));
            });

        // Not for the whole panel: the circuits' sockets keep their own settings.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || context.Request.Path == PublicEndpoints.Film,
            sockets => sockets.UseWebSockets());
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
        var api = signedIn.MapGroup("/api").RequireRateLimiting(RequestRates.Changes);
        StatusEndpoints.Map(api);
        EventEndpoints.Map(api);
        CameraEndpoints.Map(api);
        LookEndpoints.Map(api);
        LookBookEndpoints.Map(api);
        PrivacyEndpoints.Map(api);
        GimbalEndpoints.Map(api);
        PresetEndpoints.Map(api);
        TourEndpoints.Map(api);
        LightEndpoints.Map(api);
        StillEndpoints.Map(api);
        StampEndpoints.Map(api);
        BurstEndpoints.Map(api);
        TimeLapseEndpoints.Map(api);
        ScheduleEndpoints.Map(api);
        RecordingEndpoints.Map(api);
        BroadcastEndpoints.Map(api);
        BoardEndpoints.Map(api);
        SettingsEndpoints.Map(api);
        BackupEndpoints.Map(api);
        MediaEndpoints.Map(api);
        ExportEndpoints.Map(api);
        FilmEndpoints.Map(api);
        AuditEndpoints.Map(api);
        return endpoints;
    }

    // Another route that takes any path, such as the fallback of the static files, hides that an address is taken by other methods only, or by none.
    private static Task AnswerEmptyErrorAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed && !IsOfApi(context.GetEndpoint()))
        {
            var methods = Methods(context);
            if (methods.Count == 0)
            {
                status = StatusCodes.Status404NotFound;
                context.Response.Headers.Remove(HeaderNames.Allow);
            }
            else if (!methods.Contains(context.Request.Method))
            {
                status = StatusCodes.Status405MethodNotAllowed;
                context.Response.Headers.Allow = string.Join(", ", methods);
            }
        }

        return TypedResults.Problem(statusCode: status).ExecuteAsync(context);
    }

    /// <summary>By which methods the API takes the path of a request; none: it does not know it.</summary>
    private static SortedSet<string> Methods(HttpContext context) =>
        new(
            context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.Where(IsOfApi).Cast<RouteEndpoint>()
                .Where(endpoint => new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!), []).TryMatch(context.Request.Path, []))
                .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []),
            StringComparer.OrdinalIgnoreCase);

    private static bool IsOfApi(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } route } && route.StartsWith("/api/", StringComparison.OrdinalIgnoreCase);
}
