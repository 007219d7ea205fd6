using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>
/// Every endpoint, asked by everybody, against one table (endpoints.tsv: method, route, lowest role). A new endpoint without a line
/// in the table fails, and so does a line without its endpoint.
/// </summary>
public sealed class EndpointAccessTests : IAsyncLifetime
{
    private const string Public = "public";
    private const string Person = "person";

    // What ends everything else comes last.
    private const string Restart = "/api/panel/restart";

    private static readonly string Table = Path.Combine(SourceTree.Root, "PiCam.Tests", "Blazor", "Security", "endpoints.tsv");

    private readonly ApiHost host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task EveryEndpoint_AskedByEveryRole_AnswersAsTheTableSays()
    {
        var endpoints = Endpoints();
        var rows = ReadTable();
        Assert.Equal(endpoints.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));

        var bodies = await BodiesAsync();
        var tokens = host.Services.GetRequiredService<Tokens>();
        var callers = new List<(string Name, Role? Role, HttpClient Client)> { ("nobody", null, Client(null)) };
        foreach (var role in Enum.GetValues<Role>())
        {
            callers.Add((role.ToString(), role, Client(await tokens.AddAsync(Caller.System, $"walk {role}", role, Token))));
        }

        var revoked = await tokens.AddAsync(Caller.System, "gone", Role.Administrator, Token);
        await tokens.RevokeAsync(Caller.System, "gone", Token);
        callers.Add(("revoked", null, Client(revoked)));

        using var frames = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var camera = PlayCameraAsync(frames.Token);
        List<string> wrong = [];
        foreach (var (key, needed) in rows.OrderBy(row => row.Key.Contains(Restart, StringComparison.Ordinal)))
        {
            foreach (var (name, role, client) in callers)
            {
                var status = await AskAsync(client, key, bodies.TryGetValue(key, out var body) ? body : null);
                if (!IsAsExpected(status, needed, role))
                {
                    wrong.Add($"{key} by {name}: {(int)status}, though the table says {needed}");
                }
            }
        }

        await frames.CancelAsync();
        await camera;
        callers.ForEach(caller => caller.Client.Dispose());
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task EveryEndpoint_WithASessionThatWasEnded_IsClosed()
    {
        using var browser = new FormClient(host.Address);
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", "a long enough password"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/status", Token)).StatusCode);
        var people = host.Services.GetRequiredService<People>();
        await people.EndSessionsAsync(Caller.System, (await people.FindAsync(Caller.System, "ana")).Id, Token);

        foreach (var (key, needed) in ReadTable().Where(row => row.Value != Public))
        {
            var status = await AskAsync(browser.Http, key, body: null);
            Assert.True(IsAsExpected(status, needed, role: null), $"{key}: {(int)status}");
        }
    }

    private static bool IsAsExpected(HttpStatusCode status, string needed, Role? role) => needed == Public
        ? status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        : role is not { } known
            ? status is HttpStatusCode.Unauthorized or HttpStatusCode.Found
            : needed == Person || known < Enum.Parse<Role>(needed)
                ? status == HttpStatusCode.Forbidden

                // The camera of the test takes no stills.
                : status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)status is < 500 or 503;

    private static Dictionary<string, string> ReadTable() => File.ReadLines(Table)
        .Where(line => line.Length > 0 && !line.StartsWith('#'))
        .Select(line => line.Split('\t'))
        .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => cells[2]);

    private Dictionary<string, RouteEndpoint> Endpoints()
    {
        var found = new Dictionary<string, RouteEndpoint>();
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null))
        {
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"])
            {
                if (method != "CONNECT")
                {
                    found[$"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"] = endpoint;
                }
            }
        }

        return found;
    }

    /// <summary>A body that each route takes: the examples of its own description.</summary>
    private async Task<Dictionary<string, (string Type, string Body)>> BodiesAsync()
    {
        var document = (await ApiHost.CallAsync(host.Administrator, "GET", "/openapi/v1.json")).Json!;
        return document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (
                Key: $"{operation.Key.ToUpperInvariant()} {path.Key}",
                Content: operation.Value!["requestBody"]?["content"]?.AsObject().FirstOrDefault(content => content.Value!["example"] is not null))))
            .Where(operation => operation.Content is { Value: not null })
            .ToDictionary(operation => operation.Key, operation => (operation.Content!.Value.Key, operation.Content.Value.Value!["example"]!.ToJsonString()));
    }

    private HttpClient Client(string? token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string key, (string Type, string Body)? body)
    {
        var (method, route) = (key[..key.IndexOf(' ', StringComparison.Ordinal)], key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var path = System.Text.RegularExpressions.Regex.Replace(route, @"\{[^}]*\}", m => m.Value.Contains("int", StringComparison.Ordinal) ? "404" : "none");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is { } given)
        {
            request.Content = new StringContent(given.Body, Encoding.UTF8, given.Type);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return answer.StatusCode;
    }

    private async Task PlayCameraAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            host.Camera.Send();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }
}
