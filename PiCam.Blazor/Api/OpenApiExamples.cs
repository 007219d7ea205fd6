using System.Text.Json.Nodes;

namespace PiCam.Blazor.Api;

/// <summary>Examples in the OpenAPI document, for who reads it and for the programs that let one try it out.</summary>
internal static class OpenApiExamples
{
    /// <summary>What a request's body may look like.</summary>
    /// <param name="route">Takes JSON.</param>
    /// <param name="json">A whole body.</param>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder route, string json) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var (type, body) in operation.RequestBody?.Content ?? new Dictionary<string, Microsoft.OpenApi.OpenApiMediaType>())
            {
                if (type.EndsWith("json", StringComparison.Ordinal))
                {
                    body.Example = JsonNode.Parse(json);
                }
            }

            return Task.CompletedTask;
        });
}
