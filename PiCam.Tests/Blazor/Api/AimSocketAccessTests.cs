using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;
using static PiCam.Tests.Blazor.Api.AimSockets;

namespace PiCam.Tests.Blazor.Api;

/// <summary>Who may open the socket that aims, and until when.</summary>
public sealed class AimSocketAccessTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Gimbal Gimbal => host.Services.GetRequiredService<Gimbal>();

    public async ValueTask InitializeAsync() => await HomeAsync(Gimbal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Token_Revoked_ClosesTheSocketThatSaysNothing()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        using var socket = await OpenAsync(host, await tokens.AddAsync(Caller.System, "quiet", Role.Operator, Token));
        await tokens.RevokeAsync(Caller.System, "quiet", Token);

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await UntilClosedAsync(socket));
    }

    /// <summary>S16: a dismissed user's command is refused at once, not at the next look.</summary>
    [Fact]
    public async Task Token_RevokedBeforeACommand_MovesNothing()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        using var socket = await OpenAsync(host, await tokens.AddAsync(Caller.System, "late", Role.Operator, Token));
        var writes = host.Pan.Writes.Count;
        await tokens.RevokeAsync(Caller.System, "late", Token);
        await SendAsync(socket, """{"pan":1}""");

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await UntilClosedAsync(socket));
        Assert.False(Gimbal.Status.Moving);
        Assert.Equal(writes, host.Pan.Writes.Count);
    }

    [Fact]
    public async Task Upgrade_ByAViewer_Is403() => Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(host.ViewerToken));

    [Theory]
    [InlineData(null)]
    [InlineData("no such token")]
    public async Task Upgrade_Anonymous_Is401(string? token) => Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(token));

    [Fact]
    public async Task Get_NoUpgrade_IsAProblemThatSaysWhatItIs()
    {
        await ApiHost.ProblemAsync(426, host.Operator, "GET", AimPath);
        await ApiHost.ProblemAsync(403, host.Viewer, "GET", AimPath);
        await ApiHost.ProblemAsync(401, host.Anonymous, "GET", AimPath);
    }

    /// <summary>S10: any page may open a socket, and the browser sends the cookie along.</summary>
    [Theory]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.SwitchingProtocols)]
    public async Task Upgrade_ByCookie_NeedsThePanelsOwnOrigin(string? origin, HttpStatusCode expected)
    {
        using var browser = new FormClient(host.Address);
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", "a long enough password"));
        using var socket = NewSocket(null);
        socket.Options.Cookies = new CookieContainer();
        socket.Options.Cookies.Add(browser.Cookies);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin == "own" ? host.Address.GetLeftPart(UriPartial.Authority) : origin);
        }

        if (expected == HttpStatusCode.SwitchingProtocols)
        {
            await socket.ConnectAsync(AddressOf(host), Token);
            await MoveALittleAsync(socket);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(AddressOf(host), Token));
        }

        Assert.Equal(expected, socket.HttpStatusCode);
    }

    [Fact]
    public async Task PanelStops_ClosesTheSocket()
    {
        await using var other = new ApiHost();
        await other.InitializeAsync();
        using var socket = NewSocket(other.OperatorToken);
        await socket.ConnectAsync(AddressOf(other), Token);
        other.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await UntilClosedAsync(socket));
    }

    [Fact]
    public async Task Upgrade_WithoutAGimbal_Is404()
    {
        await using var bare = new ApiHost(hasGimbal: false);
        await bare.InitializeAsync();

        await ApiHost.ProblemAsync(404, bare.Operator, "GET", AimPath);
    }

    private async Task<HttpStatusCode> RefusedAsync(string? token)
    {
        using var socket = NewSocket(token);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(AddressOf(host), Token));
        return socket.HttpStatusCode;
    }
}
