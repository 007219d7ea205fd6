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
        var document = await ApiDescription.ReadAsync(host.Viewer);
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
        Assert.InRange(await ApiDescription.SendExamplesAsync(host.Administrator, hasPicture: false), 16, int.MaxValue);
    }
}
