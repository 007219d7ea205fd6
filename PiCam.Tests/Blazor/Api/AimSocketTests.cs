using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;
using static PiCam.Tests.Blazor.Api.AimSockets;

namespace PiCam.Tests.Blazor.Api;

public sealed class AimSocketTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Gimbal Gimbal => host.Services.GetRequiredService<Gimbal>();

    public async ValueTask InitializeAsync() => await HomeAsync(Gimbal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Velocity_ThenStop_MovesUntilStoppedAndTellsEveryChange()
    {
        using var socket = await OpenAsync(host);
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
        using var socket = await OpenAsync(host);
        await SendAsync(socket, """{"pan":1,"timeout":0.1}""");
        await UntilAsync(socket, status => status["moving"]!.GetValue<bool>());

        var last = await UntilAsync(socket, status => !status["moving"]!.GetValue<bool>());
        Assert.InRange(Pan(last), 0.001, 89);
        await CloseAsync(socket);
    }

    [Fact]
    public async Task Close_InAMove_EndsItLongBeforeItsTimeout()
    {
        using var socket = await OpenAsync(host);
        await SendAsync(socket, """{"pan":0.1,"timeout":10}""");
        await UntilAsync(socket, status => Pan(status) > 1);
        await CloseAsync(socket);

        await RestAsync(Gimbal);
        Assert.InRange(Gimbal.Status.Position.Pan, 1, 50);
    }

    [Fact]
    public async Task CutOff_InAMove_EndsItLongBeforeItsTimeout()
    {
        using var socket = await OpenAsync(host);
        await SendAsync(socket, """{"pan":0.1,"timeout":10}""");
        await UntilAsync(socket, status => Pan(status) > 1);
        socket.Abort();

        await RestAsync(Gimbal);
        Assert.InRange(Gimbal.Status.Position.Pan, 1, 50);
    }

    [Fact]
    public async Task Close_WhileAnotherMoves_LeavesTheirMoveAlone()
    {
        using var socket = await OpenAsync(host);
        await SendAsync(socket, """{"pan":0.1,"timeout":10}""");
        await UntilAsync(socket, status => Pan(status) > 0.5);
        Gimbal.AbsoluteMove(Callers.Operator, 15, null, speed: 0.3);
        await CloseAsync(socket);

        await RestAsync(Gimbal);
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
        await RestAsync(Gimbal);
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
        using var socket = await OpenAsync(host);
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
        using var socket = await OpenAsync(host);
        await SendAsync(socket, message);
        var problem = await UntilAsync(socket, answer => answer["position"] is null);

        Assert.Equal(400, problem["status"]!.GetValue<int>());
        await MoveALittleAsync(socket);
    }

    [Fact]
    public async Task Message_InParts_IsOneMessage()
    {
        using var socket = await OpenAsync(host);
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
        using var socket = await OpenAsync(host);
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
        using var socket = await OpenAsync(host);
        await socket.SendAsync("""{"pan":1}"""u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, Token);

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await UntilClosedAsync(socket));
        Assert.False(Gimbal.Status.Moving);
    }

    [Fact]
    public async Task Reader_TakesNothing_StillAimsAndKeepsNobodyWaiting()
    {
        using var deaf = await RawAsync("""{"pan":0.1}""");
        using var socket = await OpenAsync(host);

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
        await RestAsync(Gimbal);
    }

    /// <summary>A socket by hand, which answers nothing by itself, with one message sent.</summary>
    private async Task<Socket> RawAsync(string message)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(host.Address.Host, host.Address.Port, Token);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"GET {AimPath} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nAuthorization: Bearer {host.OperatorToken}\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            Token);
        await socket.SendAsync(Masked(message), Token);
        await Eventually.TrueAsync(() => Gimbal.Status.Moving, "it moves", Token);
        return socket;
    }
}
