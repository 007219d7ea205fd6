using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;

namespace PiCam.Tests.Blazor.Security;

/// <summary>Goes through all endpoints of a panel, with bodies that they take.</summary>
internal sealed partial class EndpointWalk(ApiHost host)
{
    private static readonly string Table = Path.Combine(SourceTree.Root, "PiCam.Tests", "Blazor", "Security", "endpoints.tsv");

    /// <summary>What the table in the repository says: the lowest role by "METHOD /route".</summary>
    public static Dictionary<string, string> ReadTable() => File.ReadLines(Table)
        .Where(line => line.Length > 0 && !line.StartsWith('#'))
        .Select(line => line.Split('\t'))
        .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => cells[2]);

    /// <summary>All that is mapped but static files, as "METHOD /route".</summary>
    public IReadOnlyList<string> Keys() => Keys(host.Services);

    /// <inheritdoc cref="Keys()"/>
    public static IReadOnlyList<string> Keys(IServiceProvider panel) =>
    [
        .. panel.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"])
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"))

            // Of HTTP/2, which the clients here do not speak.
            .Where(key => !key.StartsWith("CONNECT ", StringComparison.Ordinal))
            .Distinct(),
    ];

    /// <summary>Those of them that are pages.</summary>
    public IReadOnlySet<string> Pages() => host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        .Select(endpoint => $"GET /{endpoint.RoutePattern.RawText!.TrimStart('/')}")
        .ToHashSet();

    /// <summary>A body that each route takes: the examples of its own description.</summary>
    public async Task<Dictionary<string, (string Type, string Body)>> BodiesAsync()
    {
        var document = (await ApiHost.CallAsync(host.Administrator, "GET", "/openapi/v1.json")).Json!;
        return document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (
                Key: $"{operation.Key.ToUpperInvariant()} {path.Key}",
                Content: operation.Value!["requestBody"]?["content"]?.AsObject().FirstOrDefault(content => content.Value!["example"] is not null))))
            .Where(operation => operation.Content is { Value: not null })
            .ToDictionary(operation => operation.Key, operation => (operation.Content!.Value.Key, operation.Content.Value.Value!["example"]!.ToJsonString()));
    }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client(string? token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Asks, and returns when the answer begins; again where the rate did not allow it.</summary>
    public static async Task<HttpResponseMessage> AskAsync(
        HttpClient client, string key, (string Type, string Body)? body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await AskOnceAsync(client, key, body, cancellationToken);
            if (answer is not { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: { } wait })
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(wait, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Plays the camera until it is told to stop, so that who may see gets a picture.</summary>
    public async Task PlayCameraAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            host.Camera.Send();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task<HttpResponseMessage> AskOnceAsync(
        HttpClient client, string key, (string Type, string Body)? body, CancellationToken cancellationToken)
    {
        var space = key.IndexOf(' ', StringComparison.Ordinal);
        var path = Parameter().Replace(key[(space + 1)..], parameter => parameter.Value.Contains("int", StringComparison.Ordinal) ? "404" : "none");
        using var request = new HttpRequestMessage(new HttpMethod(key[..space]), path);
        if (body is { } given)
        {
            request.Content = new StringContent(given.Body, Encoding.UTF8, given.Type);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
