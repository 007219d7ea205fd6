using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PiCam.Blazor.Api;

/// <summary>A body that an endpoint takes, for its OpenAPI description.</summary>
/// <param name="Json">A JSON document.</param>
internal sealed record BodyExample(string Json)
{
    /// <summary>Writes the example of an operation into its description.</summary>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<BodyExample>().LastOrDefault() is { } example
            && operation.RequestBody?.Content is { } content)
        {
            foreach (var (type, media) in content)
            {
                if (type.EndsWith("json", StringComparison.Ordinal))
                {
                    media.Example = JsonNode.Parse(example.Json);
                }
            }
        }

        return Task.CompletedTask;
    }
}
