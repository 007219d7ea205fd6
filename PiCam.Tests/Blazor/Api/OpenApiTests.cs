using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>The description for machines: every route has a summary, every body an example, and the panel takes it.</summary>
public sealed class OpenApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task EveryRouteOfTheApi_HasASummary()
    {
        var document = await DocumentAsync();
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is { } route
                && (route.StartsWith("/api/", StringComparison.Ordinal) || route is "/snapshot.jpg" or "/stream.mjpg"))
            .Where(e => e.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true)
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => (Path: e.RoutePattern.RawText!.TrimEnd('/'), Method: method.ToLowerInvariant())))
            .ToList();

        Assert.True(routes.Count >= 12, $"Only {routes.Count} routes.");
        Assert.All(routes, route =>
            Assert.False(string.IsNullOrEmpty(document["paths"]?[route.Path]?[route.Method]?["summary"]?.GetValue<string>()), route.ToString()));
    }

    [Fact]
    public async Task EveryJsonBody_HasAnExampleThatThePanelTakes()
    {
        var bodies = (await DocumentAsync())["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key, Content: operation.Value!["requestBody"]?["content"])))
            .SelectMany(operation => operation.Content?.AsObject().Where(content => content.Key.EndsWith("json", StringComparison.Ordinal))
                .Select(content => (operation.Path, operation.Method, Type: content.Key, Example: content.Value!["example"])) ?? [])

            // Last, because it ends what others need.
            .OrderBy(body => body.Path == "/api/privacy")
            .ToList();

        Assert.True(bodies.Count > 15, $"Only {bodies.Count} bodies.");
        foreach (var (path, method, type, example) in bodies)
        {
            Assert.True(example is not null, $"{method} {path} has no example for {type}.");
            var (status, _, answer) = await ApiHost.CallAsync(
                host.Administrator, method.ToUpperInvariant(), path.Replace("{id}", "none", StringComparison.Ordinal), example.ToJsonString(), type);

            // A tour's example names presets of another panel, a film's a run of it, an archive's pictures, an export's disk.
            var complaints = (answer as JsonObject)?["errors"] is JsonObject errors
                ? errors.Select(e => e.Key).Where(key => key is not ("sequence" or "ids" or "place") && !key.EndsWith("presetId", StringComparison.Ordinal))
                : [];
            Assert.Empty(complaints);
            Assert.True(status is not (401 or 403 or 405 or 413 or 415 or 500) && (status != 400 || (answer as JsonObject)?["errors"] is not null), $"{method} {path}: {status} {answer}");
        }
    }

    private async Task<JsonNode> DocumentAsync()
    {
        var (status, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", "/openapi/v1.json");
        Assert.Equal(200, status);
        return json!;
    }
}
