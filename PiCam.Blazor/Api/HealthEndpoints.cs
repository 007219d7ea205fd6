namespace PiCam.Blazor.Api;

/// <summary>For those who watch whether the panel runs. Anonymous, so they say nothing more than that.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => TypedResults.Text("ok"))
            .WithSummary("200 while the panel runs.");
        endpoints.MapHealthChecks("/readyz")
            .WithSummary("200 while the panel can serve people, else 503.");
    }
}
