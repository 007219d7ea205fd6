using System.Net;
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

    private readonly ApiHost host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task S3_EveryEndpoint_AskedByEveryRole_AnswersAsTheTableSays()
    {
        var walk = new EndpointWalk(host);
        var rows = EndpointWalk.ReadTable();
        Assert.Equal(walk.Keys().Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));

        var bodies = await walk.BodiesAsync();
        var tokens = host.Services.GetRequiredService<Tokens>();
        var callers = new List<(string Name, Role? Role, HttpClient Client)> { ("nobody", null, walk.Client(null)) };
        foreach (var role in Enum.GetValues<Role>())
        {
            callers.Add((role.ToString(), role, walk.Client(await tokens.AddAsync(Caller.System, $"walk {role}", role, Token))));
        }

        var revoked = await tokens.AddAsync(Caller.System, "gone", Role.Administrator, Token);
        await tokens.RevokeAsync(Caller.System, "gone", Token);
        callers.Add(("revoked", null, walk.Client(revoked)));

        using var frames = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var camera = walk.PlayCameraAsync(frames.Token);
        List<string> wrong = [];
        foreach (var (key, needed) in rows.OrderBy(row => row.Key.Contains(Restart, StringComparison.Ordinal)))
        {
            foreach (var (name, role, client) in callers)
            {
                using var answer = await EndpointWalk.AskAsync(client, key, bodies.TryGetValue(key, out var body) ? body : null, Token);
                if (!IsAsExpected(answer, needed, role))
                {
                    wrong.Add($"{key} by {name}: {(int)answer.StatusCode} {answer.Headers.Location}, though the table says {needed}");
                }
            }
        }

        await frames.CancelAsync();
        await camera;
        callers.ForEach(caller => caller.Client.Dispose());
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task S3_EveryEndpoint_WithASessionThatWasEnded_IsClosed()
    {
        using var browser = new FormClient(host.Address);
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", "a long enough password"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/status", Token)).StatusCode);
        var people = host.Services.GetRequiredService<People>();
        await people.EndSessionsAsync(Caller.System, (await people.FindAsync(Caller.System, "ana")).Id, Token);

        foreach (var (key, needed) in EndpointWalk.ReadTable().Where(row => row.Value != Public))
        {
            using var answer = await EndpointWalk.AskAsync(browser.Http, key, body: null, Token);
            Assert.True(IsAsExpected(answer, needed, role: null), $"{key}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task S3_Nobody_IsLedFromPagesToTheSignIn_AndGetsA401FromAllElse()
    {
        var walk = new EndpointWalk(host);
        using var nobody = walk.Client(null);
        var pages = walk.Pages();
        Assert.Contains("GET /people", pages);
        List<string> wrong = [];
        foreach (var (key, _) in EndpointWalk.ReadTable().Where(row => row.Value != Public))
        {
            using var answer = await EndpointWalk.AskAsync(nobody, key, body: null, Token);
            if (answer.StatusCode != (pages.Contains(key) ? HttpStatusCode.Found : HttpStatusCode.Unauthorized))
            {
                wrong.Add($"{key}: {(int)answer.StatusCode}, though it is {(pages.Contains(key) ? "a page" : "none")}");
            }
            else if (answer.StatusCode == HttpStatusCode.Unauthorized && answer.Headers.WwwAuthenticate.Count == 0)
            {
                // RFC 9110, 15.5.2.
                wrong.Add($"{key}: 401 that does not say how to sign in");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static bool IsAsExpected(HttpResponseMessage answer, string needed, Role? role)
    {
        var status = answer.StatusCode;
        return needed == Public
            ? status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            : role is not { } known
                ? status == HttpStatusCode.Unauthorized
                    || (status == HttpStatusCode.Found && answer.Headers.Location!.ToString().StartsWith("/sign-in", StringComparison.Ordinal))
                : needed == Person || known < Enum.Parse<Role>(needed)
                    ? status == HttpStatusCode.Forbidden

                    // The camera of the test takes no stills.
                    : status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)status is < 500 or 503;
    }
}
