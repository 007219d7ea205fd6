using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

public sealed class GuardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRoute_Anonymous_IsRefusedButForTheTable()
    {
        await using var panel = await StartWithOwnerAsync();
        using var client = panel.CreateClient();
        var closed = 0;
        foreach (var endpoint in panel.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (PublicEndpoints.Includes(endpoint) || route.Contains('{', StringComparison.Ordinal))
            {
                continue;
            }

            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "GET";
            if (method == "CONNECT")
            {
                // A WebSocket of HTTP/2, which a plain request cannot be; HttpsPanelTests opens one.
                continue;
            }

            using var request = new HttpRequestMessage(new HttpMethod(method), route);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
            Assert.True(
                answer.StatusCode == HttpStatusCode.Unauthorized
                    || (answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.ToString().StartsWith("/sign-in", StringComparison.Ordinal)),
                $"{method} {route}: {answer.StatusCode}");
            closed++;
        }

        Assert.True(closed > 8, "The enumeration found the panel's routes.");
    }

    [Fact]
    public async Task Answers_OfEveryKind_CarryTheSecurityHeaders()
    {
        await using var panel = await StartWithOwnerAsync();
        using var client = panel.CreateClient();
        foreach (var path in new[] { "/", "/sign-in", "/snapshot.jpg", "/nowhere", "/css/picam.css" })
        {
            using var answer = await client.GetAsync(path, Token);
            Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task Host_ForeignName_Is400AndSaysTheSetting()
    {
        await using var panel = await StartWithOwnerAsync();
        using var client = panel.CreateClient();
        client.DefaultRequestHeaders.Host = "evil.example";
        using var answer = await client.GetAsync("/sign-in", Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Network:AllowedHosts", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("/_blazor")]
    [InlineData("/sign-out")]
    public async Task Origin_Foreign_Is403(string path)
    {
        await using var panel = await StartWithOwnerAsync();
        using var client = panel.CreateClient();
        client.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        using var answer = await client.PostAsync(path, content: null, Token);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task EveryRoute_BeforeSetup_LeadsToIt()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        using var client = panel.CreateClient();
        foreach (var path in new[] { "/", "/sign-in", "/snapshot.jpg", "/api/status", "/nowhere" })
        {
            using var answer = await client.GetAsync(path, Token);
            Assert.Equal("/setup", answer.Headers.Location?.ToString());
        }

        Assert.Equal(0, panel.Camera.Opened);
    }

    [Fact]
    public async Task Setup_TwoPeopleWithTheCode_OneWins()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        var setup = panel.Services.GetRequiredService<Setup>();
        var code = setup.CodeText;
        Assert.Null(await setup.CreateAdministratorAsync("WRONG", "eve", "a long password", Token));
        var made = await Task.WhenAll(
            setup.CreateAdministratorAsync(code, "ana", "a long password", Token),
            setup.CreateAdministratorAsync(code, "bob", "a long password", Token));

        Assert.Single(made, user => user is not null);
        Assert.True(panel.Services.GetRequiredService<ISetupState>().Done);
        Assert.False(File.Exists(Path.Combine(panel.DataFolder, "setup-code")));
    }

    private static async Task<PanelHost> StartWithOwnerAsync()
    {
        var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", "a long password", Role.Administrator, Token);
        return panel;
    }
}
