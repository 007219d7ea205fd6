namespace PiCam.Core.Packets;

/// <summary>
/// Hands the packets of the live film to every viewer. It keeps those since the newest key frame: whoever comes begins with that one at
/// once, and whoever falls behind goes on from there. Nobody queues, and nobody slows another.
/// </summary>
public sealed class PacketHub
{
    private readonly Lock gate = new();
    private readonly List<FilmPacket> group = [];
    private TaskCompletionSource arrival = NewArrival();
    private int subscribers;
    private long published;

    /// <summary>The first viewer came or the last one left. Handlers must return quickly and not throw.</summary>
    public event Action? WantedChanged;

    /// <summary>What the present packets need to be decoded; null: there are none.</summary>
    public FilmHeader? Header { get; private set; }

    /// <summary>Whether anybody watches.</summary>
    public bool Wanted => Volatile.Read(ref subscribers) > 0;

    /// <summary>How many watch.</summary>
    public int Subscribers => Volatile.Read(ref subscribers);

    /// <summary>A film begins: what came before cannot be gone on with.</summary>
    public void Begin(FilmHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        lock (gate)
        {
            Header = header;
            group.Clear();
        }
    }

    /// <summary>The film is over.</summary>
    public void End()
    {
        lock (gate)
        {
            Header = null;
            group.Clear();
        }
    }

    /// <summary>The next packet of the film that has begun. Never blocks on a viewer.</summary>
    public void Publish(FilmPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        TaskCompletionSource arrived;
        lock (gate)
        {
            if (packet.IsKey)
            {
                group.Clear();
            }
            else if (group.Count == 0)
            {
                // Nobody could decode it.
                return;
            }

            packet.Number = ++published;
            group.Add(packet);
            arrived = arrival;
            arrival = NewArrival();
        }

        arrived.SetResult();
    }

    /// <summary>A new viewer.</summary>
    public PacketSubscription Subscribe()
    {
        if (Interlocked.Increment(ref subscribers) == 1)
        {
            WantedChanged?.Invoke();
        }

        return new PacketSubscription(this);
    }

    internal void Unsubscribe()
    {
        if (Interlocked.Decrement(ref subscribers) == 0)
        {
            WantedChanged?.Invoke();
        }
    }

    /// <summary>The packet after <paramref name="last"/> if it is still of the newest group, else that group's key frame; waits for one.</summary>
    internal async ValueTask<(FilmHeader Header, FilmPacket Packet)> NextAsync(long last, bool keyOnly, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrived;
            lock (gate)
            {
                if (Header is { } header && Choose(last, keyOnly) is { } packet)
                {
                    return (header, packet);
                }

                arrived = arrival.Task;
            }

            await arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FilmPacket? Choose(long last, bool keyOnly)
    {
        if (group.Count == 0 || group[^1].Number <= last)
        {
            return null;
        }

        var key = group[0];
        return last < key.Number ? key : keyOnly ? null : group[(int)(last + 1 - key.Number)];
    }
}
