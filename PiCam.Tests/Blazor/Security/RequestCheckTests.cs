using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>Who may ask, how often, and what answers carry. What a dismissal ends: <see cref="DismissalTests"/>.</summary>
public sealed class RequestCheckTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Password = "a long enough password";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Origin => host.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task S5_EveryPicture_Anonymous_IsNoPicture()
    {
        var walk = new EndpointWalk(host);
        using var nobody = walk.Client(null);
        var pictures = walk.Keys().Where(key => key.StartsWith("GET ", StringComparison.Ordinal)
            && (key.Contains(".jpg", StringComparison.Ordinal) || key.Contains("stream", StringComparison.Ordinal) || key.Contains("media", StringComparison.Ordinal)
                || key.Contains("logo", StringComparison.Ordinal))).ToList();
        Assert.True(pictures.Count >= 12, $"Only {pictures.Count} were found.");
        foreach (var key in pictures)
        {
            using var answer = await EndpointWalk.AskAsync(nobody, key, body: null, Token);
            Assert.Equal((key, HttpStatusCode.Unauthorized), (key, answer.StatusCode));
            Assert.DoesNotContain("image", answer.Content.Headers.ContentType?.MediaType ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task S7_Get_ChangesNothing()
    {
        var walk = new EndpointWalk(host);
        using var frames = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var camera = walk.PlayCameraAsync(frames.Token);
        await ApiHost.CallAsync(host.Administrator, "GET", "/api/status");

        // Away from home, so that what goes there is seen.
        Assert.Equal(200, (await ApiHost.CallAsync(host.Administrator, "POST", "/api/gimbal/absolute", """{"pan": 5}""")).Status);
        await Eventually.TrueAsync(async () => !(await GimbalAsync())["moving"]!.GetValue<bool>(), "the gimbal has arrived", TimeSpan.FromSeconds(30), Token);
        var (before, stands) = (await DumpAsync(), await StandsAsync());
        foreach (var key in walk.Keys().Where(key => key.StartsWith("GET ", StringComparison.Ordinal)))
        {
            using var answer = await EndpointWalk.AskAsync(host.Administrator, key, body: null, Token);
        }

        Assert.Equal(before, await DumpAsync());
        Assert.Equal(stands, await StandsAsync());
        await frames.CancelAsync();
        await camera;
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task S7_S8_UnsafeVerb_ByCookieFromElsewhere_IsRefused(string? origin)
    {
        using var browser = new FormClient(host.Address);
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", Password));
        browser.Http.DefaultRequestHeaders.Remove("Origin");
        if (origin is not null)
        {
            browser.Http.DefaultRequestHeaders.Add("Origin", origin);
        }

        var before = await DumpAsync();
        var bodies = await new EndpointWalk(host).BodiesAsync();
        foreach (var key in new EndpointWalk(host).Keys().Where(key => !key.StartsWith("GET ", StringComparison.Ordinal) && !key.StartsWith("HEAD ", StringComparison.Ordinal)))
        {
            using var answer = await EndpointWalk.AskAsync(browser.Http, key, bodies.TryGetValue(key, out var body) ? body : null, Token);
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, $"{key}: {answer.StatusCode}");
        }

        Assert.Equal(before, await DumpAsync());
        browser.Http.DefaultRequestHeaders.Remove("Origin");
        browser.Http.DefaultRequestHeaders.Add("Origin", Origin);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.PutAsync("/api/camera/name", new StringContent("{\"name\":\"Porch\"}", Encoding.UTF8, "application/json"), Token)).StatusCode);
    }

    [Theory]
    [InlineData("own", "own", true)]
    [InlineData("own", "http://evil.example", false)]
    [InlineData("evil.example", "http://evil.example", false)]
    [InlineData("picam.evil.example", "own", false)]
    public async Task S10_Circuit_ForAForeignOriginOrName_DoesNotOpen(string name, string origin, bool opens)
    {
        using var browser = new FormClient(host.Address);
        await browser.SignInAsync("ana", Password);
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = new CookieContainer();
        socket.Options.Cookies.Add(host.Address, browser.Cookies);
        socket.Options.SetRequestHeader("Origin", origin == "own" ? Origin : origin);
        if (name != "own")
        {
            socket.Options.SetRequestHeader("Host", name);
        }

        var connecting = socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Token);
        if (opens)
        {
            await connecting;
        }
        else
        {
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => connecting);
            Assert.Matches("40[03]", refused.Message);
        }
    }

    [Fact]
    public async Task S11_EveryAnswer_CarriesTheSecurityHeaders()
    {
        var walk = new EndpointWalk(host);
        using var nobody = walk.Client(null);
        using var frames = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var camera = walk.PlayCameraAsync(frames.Token);
        foreach (var client in new[] { nobody, host.Administrator })
        {
            foreach (var key in walk.Keys().Where(key => key.StartsWith("GET ", StringComparison.Ordinal))
                .Concat(["GET /nowhere", "GET /css/picam.css", "GET /api/nowhere", "POST /sign-out", "PUT /", "GET /icon.svg"]))
            {
                using var answer = await EndpointWalk.AskAsync(client, key, body: null, Token);
                CarriesTheHeaders(answer);
            }
        }

        // What fails is answered anew, without what was meant for the answer before.
        host.Power.Failure = new InvalidOperationException("of this test");
        using var failed = await host.Administrator.PostAsync(new Uri("/api/board/restart", UriKind.Relative), null, Token);
        host.Power.Failure = null;
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        CarriesTheHeaders(failed);
        await frames.CancelAsync();
        await camera;
    }

    [Fact]
    public async Task S15_EleventhPageAndStream_AreRefused()
    {
        using var browser = new FormClient(host.Address);
        await browser.SignInAsync("ana", Password);
        List<ClientWebSocket> pages = [];
        for (var i = 0; i < OpenLimit.Most; i++)
        {
            pages.Add(await OpenAsync(browser));
        }

        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(browser));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.Http.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Token)).StatusCode);
        pages[0].Abort();
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await browser.Http.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Token);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            "one that closed makes room",
            TimeSpan.FromSeconds(30),
            Token);
        pages.ForEach(page => page.Dispose());

        List<HttpResponseMessage> streams = [];
        for (var i = 0; i <= OpenLimit.Most; i++)
        {
            streams.Add(await host.Viewer.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token));
        }

        Assert.All(streams.Take(OpenLimit.Most), stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, streams[^1].StatusCode);

        foreach (var path in new[] { "/stream.mjpg", "/stream.mp4", "/api/gimbal/aim" })
        {
            using var eleventh = await host.Viewer.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
            Assert.Equal((path, HttpStatusCode.TooManyRequests), (path, eleventh.StatusCode));
        }

        // Another one is not in the way of the others.
        using var other = await host.Operator.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        streams.ForEach(stream => stream.Dispose());
    }

    private static void CarriesTheHeaders(HttpResponseMessage answer)
    {
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        var scripts = policy.Split(';').Single(part => part.TrimStart().StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", scripts, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    private async Task<JsonNode> GimbalAsync() => (await ApiHost.CallAsync(host.Administrator, "GET", "/api/gimbal")).Json!;

    /// <summary>What is stored nowhere: where the gimbal was sent, what the camera is told, and what runs.</summary>
    private async Task<string> StandsAsync()
    {
        var stands = new StringBuilder((await GimbalAsync())["target"]!.ToJsonString());
        foreach (var path in new[] { "/api/privacy", "/api/camera/controls", "/api/look", "/api/recording" })
        {
            var (status, _, json) = await ApiHost.CallAsync(host.Administrator, "GET", path);
            Assert.Equal((path, 200), (path, status));
            stands.AppendLine(json!.ToJsonString());
        }

        return stands.ToString();
    }

    private async Task<ClientWebSocket> OpenAsync(FormClient browser)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = new CookieContainer();
        socket.Options.Cookies.Add(host.Address, browser.Cookies);
        socket.Options.SetRequestHeader("Origin", Origin);
        await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Token);
        return socket;
    }

    /// <summary>All that is stored but when somebody was seen, and what was written down of it.</summary>
    private async Task<string> DumpAsync()
    {
        var contexts = host.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>();
        await using var context = await contexts.CreateDbContextAsync(Token);
        await using var connection = new SqliteConnection(context.Database.GetConnectionString());
        await connection.OpenAsync(Token);
        var dump = new StringBuilder();
        foreach (var (table, columns) in new[]
        {
            ("Settings", "*"), ("MediaItems", "*"), ("Invitations", "*"), ("GuestLinks", "Id, Name, ExpiresAt"), ("ApiTokens", "Id, Name, Role"),
            ("AspNetUsers", "Id, UserName, Role, PasswordHash, IsDisabled, TwoFactorEnabled"), ("UserSessions", "Id"),
        })
        {
            var command = connection.CreateCommand();
            command.CommandText = $"SELECT {columns} FROM {table}";
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                dump.AppendJoin('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)).AppendLine(table);
            }
        }

        return dump.ToString();
    }
}
