using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PiCam.Tests.Fixtures;

/// <summary>
/// A bad network between a client and a server of this machine: slow, late, cut or stalled, at will and while connections are
/// open. Its socket buffers are small, so that what it holds back is felt at the sender.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    internal const int BufferBytes = 16 * 1024;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<TcpProxyConnection, Task> connections = new();
    private readonly Lock gate = new();
    private readonly Task accepting;
    private TaskCompletionSource? stalled;
    private long accepted;
    private volatile bool refusing;

    /// <param name="target">Where new connections go; see <see cref="Target"/>.</param>
    public TcpProxy(IPEndPoint target)
    {
        Target = target;

        // Accepted sockets inherit it, and it must be set before the connection is made to bound the window.
        listener.Server.ReceiveBufferSize = BufferBytes;
        listener.Server.SendBufferSize = BufferBytes;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where the client connects to.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>Where new connections go; may change, for example to a restarted server's new port.</summary>
    public IPEndPoint Target { get; set; }

    /// <summary>Bytes per second from server to client, per connection; null: as fast as it goes.</summary>
    public int? DownstreamRate { get; set; }

    /// <summary>Bytes per second from client to server, per connection; null: as fast as it goes.</summary>
    public int? UpstreamRate { get; set; }

    /// <summary>Whether all connections together have these rates, as on a real link; of those that are made from then on.</summary>
    public bool SharesRates
    {
        get => SharedDownstream is not null;
        set => (SharedDownstream, SharedUpstream) = (value ? new() : null, value ? new() : null);
    }

    internal TcpProxyPace? SharedDownstream { get; private set; }

    internal TcpProxyPace? SharedUpstream { get; private set; }

    /// <summary>Added to every piece of data, in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Connections open now.</summary>
    public int Connections => connections.Count;

    /// <summary>Connections made since the start, refused ones left out.</summary>
    public long Accepted => Interlocked.Read(ref accepted);

    /// <summary>Resets all open connections.</summary>
    /// <param name="refuse">Resets new ones as well, until <see cref="Restore"/>.</param>
    public void Cut(bool refuse = false)
    {
        refusing = refuse;
        foreach (var connection in connections.Keys)
        {
            connection.Reset();
        }
    }

    /// <summary>Takes new connections again.</summary>
    public void Restore() => refusing = false;

    /// <summary>Forwards nothing more in either direction; connections stay open, and the senders' buffers fill up.</summary>
    public void Stall()
    {
        lock (gate)
        {
            stalled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Ends a <see cref="Stall"/>; nothing was lost.</summary>
    public void Resume()
    {
        TaskCompletionSource? resumed;
        lock (gate)
        {
            resumed = stalled;
            stalled = null;
        }

        resumed?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        if (closing.IsCancellationRequested)
        {
            return;
        }

        await closing.CancelAsync();
        await accepting;
        listener.Dispose();
        Cut(refuse: true);
        await Task.WhenAll(connections.Values);
        closing.Dispose();
    }

    /// <summary>Waits while the proxy is stalled.</summary>
    internal async Task PassAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task? resumed;
            lock (gate)
            {
                resumed = stalled?.Task;
            }

            if (resumed is null)
            {
                return;
            }

            await resumed.WaitAsync(cancellationToken);
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync(closing.Token);
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                return;
            }

            var connection = new TcpProxyConnection(this, client);
            if (refusing)
            {
                using (connection)
                {
                    connection.Reset();
                    await connection.RunAsync(Target);
                }

                continue;
            }

            // Added before it runs, removed by its own end; the value is what DisposeAsync waits for.
            Interlocked.Increment(ref accepted);
            var ended = new TaskCompletionSource();
            connections[connection] = ended.Task;
            _ = RunAsync(connection, ended);
        }
    }

    private async Task RunAsync(TcpProxyConnection connection, TaskCompletionSource ended)
    {
        try
        {
            await connection.RunAsync(Target);
        }
        finally
        {
            // Not disposed here: a Cut that has just seen it may still call Reset. It holds nothing but managed memory now.
            connections.TryRemove(connection, out _);
            ended.SetResult();
        }
    }
}
