using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class AimSocketTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Path = "/api/gimbal/aim";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Gimbal Gimbal => host.Services.GetRequiredService<Gimbal>();

    public async ValueTask InitializeAsync()
    {
        Gimbal.GotoHome(Callers.Operator);
        await RestAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Velocity_ThenStop_MovesUntilStoppedAndTellsEveryChange()
    {
        using var socket = await OpenAsync();
        var first = await ReceiveAsync(socket);
        Assert.Equal("""{"pan":0,"tilt":0}""", first["position"]!.ToJsonString());
        Assert.False(first["moving"]!.GetValue<bool>());

        await SendAsync(socket, """{"pan":-0.2,"tilt":0.1,"timeout":10}""");
        var moving = await UntilAsync(socket, status => Pan(status) < -2);
        Assert.Equal(("otto", true), (moving["movedBy"]!.GetValue<string>(), moving["moving"]!.GetValue<bool>()));

        await SendAsync(socket, """{"stop":true}""");
        var last = await UntilAsync(socket, status => !status["moving"]!.GetValue<bool>());
        Assert.Equal(Gimbal.Status.Position.Pan, Pan(last));
        Assert.InRange(Pan(last), -89, -2);
        await CloseAsync(socket);
    }

    [Fact]
    public async Task Velocity_NotRenewed_EndsByTheDeadMan()
    {
        using var socket = await OpenAsync();
        await SendAsync(socket, """{"pan":1,"timeout":0.1}""");
        await UntilAsync(socket, status => status["moving"]!.GetValue<bool>());

        var last = await UntilAsync(socket, status => !status["moving"]!.GetValue<bool>());
        Assert.InRange(Pan(last), 0.001, 89);
        await CloseAsync(socket);
    }

    [Fact]
    public async Task Close_InAMove_EndsItLongBeforeItsTimeout()
    {
        using var socket = await OpenAsync();
        await SendAsync(socket, """{"pan":0.1,"timeout":10}""");
        await UntilAsync(socket, status => Pan(status) > 1);
        await CloseAsync(socket);

        await RestAsync();
        Assert.InRange(Gimbal.Status.Position.Pan, 1, 50);
    }

    [Fact]
    public async Task CutOff_InAMove_EndsItLongBeforeItsTimeout()
    {
        using var socket = await OpenAsync();
        await SendAsync(socket, """{"pan":0.1,"timeout":10}""");
        await UntilAsync(socket, status => Pan(status) > 1);
        socket.Abort();

        await RestAsync();
        Assert.InRange(Gimbal.Status.Position.Pan, 1, 50);
    }

    [Fact]
    public async Task Close_WhileAnotherMoves_LeavesTheirMoveAlone()
    {
        using var socket = await OpenAsync();
        await SendAsync(socket, """{"pan":0.1,"timeout":10}""");
        await UntilAsync(socket, status => Pan(status) > 0.5);
        Gimbal.AbsoluteMove(Callers.Operator, 15, null, speed: 0.3);
        await CloseAsync(socket);

        await RestAsync();
        Assert.Equal(15, Gimbal.Status.Position.Pan);
    }

    /// <summary>The far end is there no more, but nobody has said so: as when a cable was pulled.</summary>
    [Fact]
    public async Task SilentPeer_AnswersNoPing_IsGivenUp()
    {
        using var socket = await RawAsync("""{"pan":0.1,"timeout":10}""");
        var heard = 0;
        try
        {
            var buffer = new byte[4096];
            for (int read; (read = await socket.ReceiveAsync(buffer, Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token)) > 0;)
            {
                heard += read;
            }
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Given up as well.
        }

        Assert.True(heard > 0);
        await RestAsync();
    }

    [Theory]
    [InlineData("""{"pan":1.5}""", "pan", "pan is 1.5; allowed is -1 to 1.")]
    [InlineData("""{"tilt":"up"}""", "tilt", "a number")]
    [InlineData("""{"pan":1,"timeout":11}""", "timeout", "at most 10 s")]
    [InlineData("""{"zoom":1}""", "zoom", "one of the fields pan, tilt, timeout")]
    [InlineData("""{"stop":false}""", "stop", "stop is false; allowed is true.")]
    [InlineData("""{"stop":1}""", "stop", "true")]
    [InlineData("""{"stop":true,"pan":1}""", "pan", "one of the fields stop")]
    public async Task Message_ValueThatCannotBeUsed_NamesFieldValueAndRangeAndTheSocketLivesOn(string message, string field, string error)
    {
        using var socket = await OpenAsync();
        await SendAsync(socket, message);
        var problem = await UntilAsync(socket, answer => answer["errors"] is not null);

        Assert.Equal(field, Assert.Single(problem["errors"]!.AsObject()).Key);
        Assert.Contains(error, problem["errors"]![field]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((400, "A value cannot be used."), (problem["status"]!.GetValue<int>(), problem["title"]!.GetValue<string>()));
        Assert.False(Gimbal.Status.Moving);
        await MoveALittleAsync(socket);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("""{"pan":"\ud800"}""")]
    public async Task Message_NoJsonObject_IsAProblemAndTheSocketLivesOn(string message)
    {
        using var socket = await OpenAsync();
        await SendAsync(socket, message);
        var problem = await UntilAsync(socket, answer => answer["position"] is null);

        Assert.Equal(400, problem["status"]!.GetValue<int>());
        await MoveALittleAsync(socket);
    }

    [Fact]
    public async Task Message_InParts_IsOneMessage()
    {
        using var socket = await OpenAsync();
        var text = Encoding.UTF8.GetBytes("""{"pan":0.1}""");
        await socket.SendAsync(text.AsMemory(0, 4), WebSocketMessageType.Text, endOfMessage: false, Token);
        await socket.SendAsync(text.AsMemory(4), WebSocketMessageType.Text, endOfMessage: true, Token);

        await UntilAsync(socket, status => Pan(status) > 0);
        await CloseAsync(socket);
    }

    [Theory]
    [InlineData(4096, null)]
    [InlineData(4097, WebSocketCloseStatus.MessageTooBig)]
    [InlineData(200_000, WebSocketCloseStatus.MessageTooBig)]
    public async Task Message_TooLong_ClosesTheSocket(int length, WebSocketCloseStatus? closed)
    {
        using var socket = await OpenAsync();
        await SendAsync(socket, """{"pan":0.1}""".PadRight(length));
        if (closed is null)
        {
            await UntilAsync(socket, status => Pan(status) > 0);
            await CloseAsync(socket);
        }
        else
        {
            Assert.Equal(closed, await UntilClosedAsync(socket));
            Assert.Equal(default, Gimbal.Status.Position);
        }
    }

    [Fact]
    public async Task Message_Binary_ClosesTheSocket()
    {
        using var socket = await OpenAsync();
        await socket.SendAsync("""{"pan":1}"""u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, Token);

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await UntilClosedAsync(socket));
        Assert.False(Gimbal.Status.Moving);
    }

    [Fact]
    public async Task Token_Revoked_ClosesTheSocketThatSaysNothing()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        using var socket = await OpenAsync(await tokens.AddAsync(Caller.System, "quiet", Role.Operator, Token));
        await tokens.RevokeAsync(Caller.System, "quiet", Token);

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await UntilClosedAsync(socket));
    }

    /// <summary>S16: a dismissed user's command is refused at once, not at the next look.</summary>
    [Fact]
    public async Task Token_RevokedBeforeACommand_MovesNothing()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        using var socket = await OpenAsync(await tokens.AddAsync(Caller.System, "late", Role.Operator, Token));
        var writes = host.Pan.Writes.Count;
        await tokens.RevokeAsync(Caller.System, "late", Token);
        await SendAsync(socket, """{"pan":1}""");

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await UntilClosedAsync(socket));
        Assert.False(Gimbal.Status.Moving);
        Assert.Equal(writes, host.Pan.Writes.Count);
    }

    [Fact]
    public async Task Reader_TakesNothing_StillAimsAndKeepsNobodyWaiting()
    {
        using var deaf = await RawAsync("""{"pan":0.1}""");
        using var socket = await OpenAsync();

        // Answers of 40 KB each, more than the kernel keeps for a reader that takes none of them. It aims all the same.
        var nonsense = Masked("{" + string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"f{i}\":1")) + "}");
        for (var i = 0; i < 400; i++)
        {
            await deaf.SendAsync(nonsense, Token);
        }

        await deaf.SendAsync(Masked("""{"pan":0.5}"""), Token);
        await UntilAsync(socket, status => Pan(status) > 3);
        await CloseAsync(socket);
        deaf.Close();
        await RestAsync();
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
        await ApiHost.ProblemAsync(426, host.Operator, "GET", Path);
        await ApiHost.ProblemAsync(403, host.Viewer, "GET", Path);
        await ApiHost.ProblemAsync(401, host.Anonymous, "GET", Path);
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
            await socket.ConnectAsync(Address, Token);
            await MoveALittleAsync(socket);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address, Token));
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

        await ApiHost.ProblemAsync(404, bare.Operator, "GET", Path);
    }

    private Uri Address => AddressOf(host);

    private static Uri AddressOf(ApiHost panel) => new UriBuilder(panel.Address) { Scheme = "ws", Path = Path }.Uri;

    private static double Pan(JsonNode status) => status["position"]?["pan"]!.GetValue<double>() ?? 0;

    private static ClientWebSocket NewSocket(string? token)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        }

        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Token);

    private static async Task<JsonNode> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        Assert.Equal(WebSocketMessageType.Text, part.MessageType);
        return JsonNode.Parse(buffer.AsSpan(0, length))!;
    }

    private static async Task<JsonNode> UntilAsync(ClientWebSocket socket, Predicate<JsonNode> found)
    {
        JsonNode answer;
        do
        {
            answer = await ReceiveAsync(socket);
        }
        while (!found(answer));
        return answer;
    }

    private static async Task<WebSocketCloseStatus?> UntilClosedAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token)).MessageType
            != WebSocketMessageType.Close)
        {
        }

        return socket.CloseStatus;
    }

    private static async Task CloseAsync(ClientWebSocket socket)
    {
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    private static async Task MoveALittleAsync(ClientWebSocket socket)
    {
        await SendAsync(socket, """{"tilt":0.1}""");
        await UntilAsync(socket, answer => answer["moving"]?.GetValue<bool>() == true);
        await CloseAsync(socket);
    }

    /// <summary>One text frame as a client sends it: masked (RFC 6455, 5.2), here with zeros.</summary>
    private static byte[] Masked(string text)
    {
        byte[] length = text.Length < 126
            ? [(byte)(0x80 | text.Length)]
            : [0x80 | 126, (byte)(text.Length >> 8), (byte)text.Length];
        return [0x81, .. length, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];
    }

    private async Task<ClientWebSocket> OpenAsync(string? token = null)
    {
        var socket = NewSocket(token ?? host.OperatorToken);
        await socket.ConnectAsync(Address, Token);
        return socket;
    }

    private async Task<HttpStatusCode> RefusedAsync(string? token)
    {
        using var socket = NewSocket(token);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address, Token));
        return socket.HttpStatusCode;
    }

    /// <summary>A socket by hand, which answers nothing by itself, with one message sent.</summary>
    private async Task<Socket> RawAsync(string message)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(host.Address.Host, host.Address.Port, Token);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"GET {Path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nAuthorization: Bearer {host.OperatorToken}\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            Token);
        await socket.SendAsync(Masked(message), Token);
        await Eventually.TrueAsync(() => Gimbal.Status.Moving, "it moves", Token);
        return socket;
    }

    private Task RestAsync() => Eventually.TrueAsync(() => !Gimbal.Status.Moving, "the gimbal is at rest", Token);
}
