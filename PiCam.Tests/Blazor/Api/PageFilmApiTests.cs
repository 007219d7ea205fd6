using System.Buffers.Binary;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Data;
using PiCam.Blazor.Live;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Packets;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>The film that a page gets over a socket of its own, by the real ffmpeg.</summary>
public sealed class PageFilmApiTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncDisposable
{
    private static readonly ViewerStatistics Statistics = new(TimeProvider.System);

    private readonly CancellationTokenSource ending = new();
    private Task sending = Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LiveFilms Films => host.Services.GetRequiredService<LiveFilms>();

    public async ValueTask DisposeAsync()
    {
        await StopSendingAsync();
        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 0, "no film is made any more", Token);
        ending.Dispose();
    }

    [Fact]
    public async Task Film_PageThatAnswers_GetsAHeaderAndPicturesFromAKeyFrameOn()
    {
        using var viewer = await ViewerAsync("film one");
        sending = SendAsync();
        using var socket = await OpenAsync(viewer);
        var (codec, number) = await BeginAsync(socket);
        Assert.StartsWith("avc1.", codec, StringComparison.Ordinal);
        Assert.Equal(1u, number);
        for (var expected = 2u; expected < 30; expected++)
        {
            await AnswerAsync(socket, expected - 1);
            var message = await ReceiveAsync(socket);
            if (message[0] == 2)
            {
                Assert.Equal(expected, BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(2)));
                Assert.True(message.AsSpan().IndexOf("moof"u8) > 0);
            }
            else
            {
                // The rung has changed; the number of the next picture is the next one all the same.
                expected--;
            }
        }

        Assert.True(viewer.Stream.Drawn >= 28);
    }

    /// <summary>R17: what it does not answer for is not sent, and it is dropped; another one does not wait for it.</summary>
    [Fact]
    public async Task R17_Film_PageThatAnswersNothing_GetsNoMoreAndIsDropped()
    {
        using var silent = await ViewerAsync("film two");
        using var other = await ViewerAsync("film three");
        sending = SendAsync();
        using var socket = await OpenAsync(silent);
        using var answering = await OpenAsync(other);
        await BeginAsync(answering);
        var pictures = 0;
        var watching = WatchAsync(socket, () => pictures++);
        var number = 1u;
        while (!watching.IsCompleted)
        {
            await AnswerAsync(answering, number);
            var message = await ReceiveAsync(answering);
            number = message[0] == 2 ? BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(2)) : number;
        }

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await watching);
        Assert.True(number > 20, $"The other got only {number} pictures.");
        Assert.True(pictures < number / 2, $"{pictures} pictures were sent to a page that answers nothing, {number} to the other.");
    }

    [Fact]
    public async Task S16_Film_RevokedViewer_IsDroppedAndGetsNoOther()
    {
        using var viewer = await ViewerAsync("film four");
        sending = SendAsync();
        using var socket = await OpenAsync(viewer);
        await BeginAsync(socket);
        await host.Services.GetRequiredService<Tokens>().RevokeAsync(Caller.System, viewer.Name, Token);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await WatchAsync(socket, () => { }));

        using var again = NewSocket(viewer.Key);
        await Assert.ThrowsAsync<WebSocketException>(() => again.ConnectAsync(Address(viewer), Token));
        Assert.Equal(HttpStatusCode.Unauthorized, again.HttpStatusCode);
    }

    [Fact]
    public async Task S3_Film_OfAnotherPersonsPageOrOfNone_IsNotFound()
    {
        using var viewer = await ViewerAsync("film five");
        using var other = await ViewerAsync("film six");
        foreach (var address in new[] { Address(viewer), new UriBuilder(Address(viewer)) { Query = "" }.Uri })
        {
            using var socket = NewSocket(other.Key);
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, Token));
            Assert.Equal(HttpStatusCode.NotFound, socket.HttpStatusCode);
        }

        using var client = host.Client(viewer.Key);
        Assert.Equal(426, (await ApiHost.CallAsync(client, "GET", Address(viewer).PathAndQuery)).Status);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(70_000)]
    public async Task Film_AnswerOfAnotherLength_EndsIt(int length)
    {
        using var viewer = await ViewerAsync($"film {length}");
        sending = SendAsync();
        using var socket = await OpenAsync(viewer);
        await BeginAsync(socket);
        await socket.SendAsync(new byte[length], WebSocketMessageType.Binary, endOfMessage: true, Token);
        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, await WatchAsync(socket, () => { }));
    }

    [Fact]
    public async Task S5_Film_CameraSwitchedOff_KeepsNothing()
    {
        using var viewer = await ViewerAsync("film seven");
        sending = SendAsync();
        using var socket = await OpenAsync(viewer);
        await BeginAsync(socket);
        Assert.NotNull(Films[0].Header);
        await StopSendingAsync();

        Assert.Equal(200, (await ApiHost.CallAsync(host.Administrator, "PUT", "/api/privacy", """{"on":true}""")).Status);
        await Eventually.TrueAsync(() => Films[0].Header is null, "nothing of the film is left", Token);
        Assert.Equal(200, (await ApiHost.CallAsync(host.Administrator, "PUT", "/api/privacy", """{"on":false}""")).Status);
        await host.GoLiveAsync(Token);
    }

    private static async Task<(string Codec, uint Number)> BeginAsync(ClientWebSocket socket)
    {
        var header = await ReceiveAsync(socket);
        Assert.Equal(1, header[0]);
        var picture = await ReceiveAsync(socket);
        Assert.Equal((2, 1), (picture[0], picture[1]));
        return (Encoding.ASCII.GetString(header, 2, header[1]), BinaryPrimitives.ReadUInt32BigEndian(picture.AsSpan(2)));
    }

    private static async Task AnswerAsync(ClientWebSocket socket, uint number)
    {
        var answer = new byte[6];
        BinaryPrimitives.WriteUInt32BigEndian(answer, number);
        await socket.SendAsync(answer, WebSocketMessageType.Binary, endOfMessage: true, Token);
    }

    /// <summary>Reads until the panel closes.</summary>
    private static async Task<WebSocketCloseStatus?> WatchAsync(ClientWebSocket socket, Action picture)
    {
        while ((await ReceiveAsync(socket)).Length > 0)
        {
            picture();
        }

        return socket.CloseStatus;
    }

    /// <returns>Nothing: it was closed.</returns>
    private static async Task<byte[]> ReceiveAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return [];
            }

            await message.WriteAsync(buffer.AsMemory(0, part.Count), Token);
            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }

    private static ClientWebSocket NewSocket(string key)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", "Bearer " + key);
        return socket;
    }

    private async Task<ClientWebSocket> OpenAsync(FilmViewer viewer)
    {
        var socket = NewSocket(viewer.Key);
        await socket.ConnectAsync(Address(viewer), Token);
        return socket;
    }

    private Uri Address(FilmViewer viewer) =>
        new UriBuilder(host.Address) { Scheme = "ws", Path = PublicEndpoints.Film, Query = "page=" + viewer.Stream.Key }.Uri;

    // As a page does before its browser opens the socket.
    private async Task<FilmViewer> ViewerAsync(string name)
    {
        var key = await host.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, name, Role.Viewer, Token);
        await using var context = await host.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContextAsync(Token);
        var id = await context.ApiTokens.Where(row => row.Name == name).Select(row => row.Id).SingleAsync(Token);
        var caller = new Caller(TokenIdentity.TokenId(id), name, Role.Viewer, "test");
        return new(name, key, host.Services.GetRequiredService<PageStreams>().Expect(caller, Statistics));
    }

    private async Task StopSendingAsync()
    {
        await ending.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync()
    {
        var size = host.Camera.Capabilities.Size;
        for (var number = 0; !ending.IsCancellationRequested; number++)
        {
            if (host.Session.Frames.Wanted)
            {
                await host.PublishAsync(LibraryRig.Jpeg(size.Width, size.Height, new SKColor((byte)(number * 10), 90, 120)));
            }

            await Task.Delay(20, ending.Token);
        }
    }

    private sealed record FilmViewer(string Name, string Key, PageStream Stream) : IDisposable
    {
        public void Dispose() => Stream.Dispose();
    }
}
