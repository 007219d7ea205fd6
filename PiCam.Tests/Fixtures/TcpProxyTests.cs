using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace PiCam.Tests.Fixtures;

/// <summary>The proxy that other tests trust.</summary>
public sealed class TcpProxyTests : IAsyncLifetime
{
    private readonly TcpListener server = new(IPAddress.Loopback, 0);
#pragma warning disable CA2213 // Disposed through the property in DisposeAsync.
    private TcpProxy? proxy;
#pragma warning restore CA2213

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TcpProxy Proxy => proxy ?? throw new InvalidOperationException();

    public ValueTask InitializeAsync()
    {
        server.Start();
        proxy = new TcpProxy((IPEndPoint)server.LocalEndpoint);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        server.Dispose();
    }

    [Fact]
    public async Task Open_Bytes_ArriveUnchangedBothWaysAndTheEndToo()
    {
        var (client, remote) = await ConnectAsync();
        using var _ = client;
        using var __ = remote;
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);

        Assert.Equal(bytes, await SendAllAsync(client, remote, bytes));
        Assert.Equal(bytes, await SendAllAsync(remote, client, bytes));
        await Eventually.TrueAsync(() => Proxy.Connections == 0, "closed", Token);
    }

    [Fact]
    public async Task Rate_Downstream_IsKeptAndTheOtherWayIsFree()
    {
        Proxy.DownstreamRate = 40_000;
        var (client, remote) = await ConnectAsync();
        using var _ = client;
        using var __ = remote;

        var started = Stopwatch.GetTimestamp();
        await SendAllAsync(remote, client, new byte[40_000]);
        var downstream = Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        await SendAllAsync(client, remote, new byte[40_000]);
        var upstream = Stopwatch.GetElapsedTime(started).TotalSeconds;

        // 1 s by the rate; at least that, but for the head start of 50 ms.
        Assert.InRange(downstream, 0.85, 30);
        Assert.InRange(upstream, 0, downstream / 2);
    }

    [Fact]
    public async Task Delay_RoundTrip_TakesTwiceAsLong()
    {
        Proxy.Delay = TimeSpan.FromMilliseconds(150);
        var (client, remote) = await ConnectAsync();
        using var _ = client;
        using var __ = remote;

        var started = Stopwatch.GetTimestamp();
        await client.SendAsync(new byte[1], Token);
        await ReceiveAsync(remote);
        await remote.SendAsync(new byte[1], Token);
        await ReceiveAsync(client);

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 295, 30_000);
    }

    [Fact]
    public async Task Cut_OpenConnections_AreResetAndNewOnesWork()
    {
        var (client, remote) = await ConnectAsync();
        using var _ = client;
        using var __ = remote;

        Proxy.Cut();

        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(client));
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(remote));
        var (again, remoteAgain) = await ConnectAsync();
        again.Dispose();
        remoteAgain.Dispose();
        Assert.Equal(2, Proxy.Accepted);
    }

    [Fact]
    public async Task Cut_Refusing_ResetsNewConnectionsUntilRestored()
    {
        Proxy.Cut(refuse: true);
        using (var refused = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            // The reset may already come while connecting.
            await Assert.ThrowsAsync<SocketException>(async () =>
            {
                await refused.ConnectAsync(Proxy.Endpoint, Token);
                await ReceiveAsync(refused);
            });
        }

        Proxy.Restore();
        var (client, remote) = await ConnectAsync();
        using var _ = client;
        using var __ = remote;

        Assert.Equal([1, 2], await SendAllAsync(client, remote, [1, 2]));
    }

    [Fact]
    public async Task Stall_Sender_FeelsItAndResumeLosesNothing()
    {
        var (client, remote) = await ConnectAsync();
        using var _ = client;
        using var __ = remote;
        remote.SendBufferSize = TcpProxy.BufferBytes;
        Proxy.Stall();
        var bytes = new byte[1_000_000];
        new Random(1).NextBytes(bytes);

        var received = SendAllAsync(remote, client, bytes);
        await Task.Delay(300, Token);
        Assert.False(received.IsCompleted);
        Assert.Equal(0, client.Available);
        Assert.Equal(1, Proxy.Connections);

        Proxy.Resume();
        Assert.Equal(bytes, await received);
    }

    [Fact]
    public async Task Stall_LargeAmount_HoldsBackTheSenderAfterAFewBuffers()
    {
        var (client, remote) = await ConnectAsync();
        using var _ = client;
        using var __ = remote;
        remote.SendBufferSize = TcpProxy.BufferBytes;
        Proxy.Stall();

        // Sends until a send does not go through for half a second.
        var sent = 0;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        try
        {
            while (sent < 10_000_000)
            {
                patience.CancelAfter(500);
                sent += await remote.SendAsync(new byte[4096], patience.Token);
            }
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            // Held back.
        }

        Assert.InRange(sent, 1, 500_000);
    }

    [Fact]
    public async Task Target_Changed_NewConnectionsGoThere()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        Proxy.Target = (IPEndPoint)other.LocalEndpoint;

        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(Proxy.Endpoint, Token);
        using var remote = await other.AcceptSocketAsync(Token);

        Assert.Equal([7], await SendAllAsync(client, remote, [7]));
        Assert.False(server.Pending());
    }

    [Fact]
    public async Task Target_Gone_ResetsTheClient()
    {
        server.Stop();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);

        // The reset may already come while connecting.
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            await client.ConnectAsync(Proxy.Endpoint, Token);
            await ReceiveAsync(client);
        });
        await Eventually.TrueAsync(() => Proxy.Connections == 0, "closed", Token);
    }

    [Fact]
    public async Task DisposeAsync_StalledSlowAndOpen_EndsAtOnce()
    {
        Proxy.DownstreamRate = 10;
        Proxy.Delay = TimeSpan.FromMinutes(5);
        var (client, remote) = await ConnectAsync();
        using var _ = client;
        using var __ = remote;
        await remote.SendAsync(new byte[100], Token);
        Proxy.Stall();

        await Proxy.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Equal(0, Proxy.Connections);
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(client));
    }

    private static async Task<byte[]> SendAllAsync(Socket from, Socket to, byte[] bytes)
    {
        var sending = Task.Run(
            async () =>
            {
                for (var sent = 0; sent < bytes.Length;)
                {
                    sent += await from.SendAsync(bytes.AsMemory(sent), Token);
                }

                from.Shutdown(SocketShutdown.Send);
            },
            Token);
        using var received = new MemoryStream();
        while (await ReceiveAsync(to) is { Length: > 0 } piece)
        {
            received.Write(piece);
        }

        await sending;
        return received.ToArray();
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[8192];
        var count = await socket.ReceiveAsync(buffer, Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
        return buffer[..count];
    }

    private async Task<(Socket Client, Socket Remote)> ConnectAsync()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(Proxy.Endpoint, Token);
        return (client, await server.AcceptSocketAsync(Token));
    }
}
