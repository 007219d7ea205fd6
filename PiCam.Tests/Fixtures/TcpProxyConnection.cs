using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace PiCam.Tests.Fixtures;

/// <summary>One connection through a <see cref="TcpProxy"/>: two sockets, and a pump for each direction.</summary>
internal sealed class TcpProxyConnection(TcpProxy proxy, Socket client) : IDisposable
{
    // Small pieces keep a low rate smooth: at 20 KB/s one goes every 50 ms.
    private const int PieceBytes = 1024;

    // With a delay this many pieces may be on their way; more would make the proxy an endless buffer.
    private const int PiecesUnderWay = 64;

    private readonly CancellationTokenSource ending = new();

    /// <summary>Ends the connection with a reset on both sides.</summary>
    public void Reset() => ending.Cancel();

    /// <summary>To be called when <see cref="RunAsync"/> has returned and nobody can call <see cref="Reset"/> any more.</summary>
    public void Dispose()
    {
        client.Dispose();
        ending.Dispose();
    }

    /// <summary>Forwards until either side fails, both have finished, or <see cref="Reset"/>.</summary>
    public async Task RunAsync(IPEndPoint target)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = TcpProxy.BufferBytes,
            SendBufferSize = TcpProxy.BufferBytes,
            NoDelay = true,
        };
        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(target, ending.Token);
            await Task.WhenAll(
                EndOnFaultAsync(PumpAsync(client, server, () => proxy.UpstreamRate, proxy.SharedUpstream)),
                EndOnFaultAsync(PumpAsync(server, client, () => proxy.DownstreamRate, proxy.SharedDownstream)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Cut, or one side has gone: a connection's usual end. Closing with a zero linger time sends the reset.
            client.LingerState = new LingerOption(true, 0);
            server.LingerState = new LingerOption(true, 0);
        }

        client.Close();
    }

    private async Task EndOnFaultAsync(Task pump)
    {
        try
        {
            await pump;
        }
        catch (Exception)
        {
            await ending.CancelAsync();
            throw;
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Func<int?> rate, TcpProxyPace? shared)
    {
        var underWay = Channel.CreateBounded<(byte[] Piece, long ReadAt)>(PiecesUnderWay);
        var sending = EndOnFaultAsync(SendAsync(underWay.Reader, to, rate, shared ?? new()));
        try
        {
            var buffer = new byte[PieceBytes];
            while (true)
            {
                await proxy.PassAsync(ending.Token);
                var count = await from.ReceiveAsync(buffer, SocketFlags.None, ending.Token);
                if (count == 0)
                {
                    break;
                }

                await underWay.Writer.WriteAsync((buffer[..count], Stopwatch.GetTimestamp()), ending.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Faults the sender too: an end in order there would turn the reset into a polite end of the stream.
            underWay.Writer.Complete(exception);
        }

        underWay.Writer.TryComplete();
        await sending;
    }

    private async Task SendAsync(ChannelReader<(byte[] Piece, long ReadAt)> pieces, Socket to, Func<int?> rate, TcpProxyPace pace)
    {
        await foreach (var (piece, readAt) in pieces.ReadAllAsync(ending.Token))
        {
            await WaitUntilAsync(readAt + (long)(proxy.Delay.TotalSeconds * Stopwatch.Frequency));
            if (rate() is { } bytesPerSecond)
            {
                await WaitUntilAsync(pace.Reserve(piece.Length, bytesPerSecond));
            }

            await proxy.PassAsync(ending.Token);
            for (var sent = 0; sent < piece.Length;)
            {
                sent += await to.SendAsync(piece.AsMemory(sent), SocketFlags.None, ending.Token);
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private async Task WaitUntilAsync(long timestamp)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), timestamp);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, ending.Token);
        }
    }
}
