using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using PiCam.Core.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>A program that aims over the socket.</summary>
internal static class AimSockets
{
    public const string AimPath = "/api/gimbal/aim";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Uri AddressOf(ApiHost panel) => new UriBuilder(panel.Address) { Scheme = "ws", Path = AimPath }.Uri;

    public static double Pan(JsonNode status) => status["position"]?["pan"]!.GetValue<double>() ?? 0;

    public static ClientWebSocket NewSocket(string? token)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        }

        return socket;
    }

    public static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Token);

    public static async Task<JsonNode> ReceiveAsync(ClientWebSocket socket)
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

    public static async Task<JsonNode> UntilAsync(ClientWebSocket socket, Predicate<JsonNode> found)
    {
        JsonNode answer;
        do
        {
            answer = await ReceiveAsync(socket);
        }
        while (!found(answer));
        return answer;
    }

    public static async Task<WebSocketCloseStatus?> UntilClosedAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token)).MessageType
            != WebSocketMessageType.Close)
        {
        }

        return socket.CloseStatus;
    }

    public static async Task CloseAsync(ClientWebSocket socket)
    {
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    /// <summary>One text frame as a client sends it: masked (RFC 6455, 5.2), here with zeros.</summary>
    public static byte[] Masked(string text)
    {
        byte[] length = text.Length < 126
            ? [(byte)(0x80 | text.Length)]
            : [0x80 | 126, (byte)(text.Length >> 8), (byte)text.Length];
        return [0x81, .. length, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];
    }

    public static async Task MoveALittleAsync(ClientWebSocket socket)
    {
        await SendAsync(socket, """{"tilt":0.1}""");
        await UntilAsync(socket, answer => answer["moving"]?.GetValue<bool>() == true);
        await CloseAsync(socket);
    }

    public static async Task<ClientWebSocket> OpenAsync(ApiHost panel, string? token = null)
    {
        var socket = NewSocket(token ?? panel.OperatorToken);
        await socket.ConnectAsync(AddressOf(panel), Token);
        return socket;
    }

    /// <summary>Where every test begins.</summary>
    public static Task HomeAsync(Gimbal gimbal)
    {
        gimbal.GotoHome(Callers.Operator);
        return RestAsync(gimbal);
    }

    public static Task RestAsync(Gimbal gimbal) => Eventually.TrueAsync(() => !gimbal.Status.Moving, "the gimbal is at rest", Token);
}
