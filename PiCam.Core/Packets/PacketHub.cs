using System.Runtime.CompilerServices;
using PiCam.Core.Frames;

namespace PiCam.Core.Packets;

/// <summary>
/// Hands the packets of one live film to every viewer. It keeps those since the newest key frame, for whoever is a little behind. Who
/// comes, or falls behind further, asks for a key frame of its own and goes on from there. Nobody queues, and nobody slows another.
/// </summary>
/// <param name="isClosed">Whether the camera is switched off on purpose: then nothing is given, whatever comes; null: it never is.</param>
public sealed class PacketHub(Func<bool>? isClosed = null)
{
    // A key frame that is not older than that is as good as a new one.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1 / 6.0);

    // Key frames are large, and viewers who come and go must not make a film of nothing else.
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromSeconds(0.45);

    private readonly Lock gate = new();
    private readonly List<FilmPacket> group = [];
    private readonly Arrivals waiting = new();
    private int subscribers;
    private long published;
    private bool keyWanted;

    // One was taken for; until it comes no other is.
    private bool keyDue;

    /// <summary>The first viewer came or the last one left. Handlers must return quickly and not throw.</summary>
    public event Action? WantedChanged;

    /// <summary>What the present packets need to be decoded; null: there are none.</summary>
    public FilmHeader? Header { get; private set; }

    /// <summary>Whether anybody watches.</summary>
    public bool Wanted => Subscribers > 0;

    /// <summary>How many watch.</summary>
    public int Subscribers => Volatile.Read(ref subscribers);

    /// <summary>The number of the newest packet.</summary>
    public long Published => Interlocked.Read(ref published);

    /// <summary>How long before the newest packet one of the same film was; zero: there is none.</summary>
    internal TimeSpan Behind(FilmPacket packet)
    {
        lock (gate)
        {
            return group.Count > 0 ? group[^1].Time - packet.Time : TimeSpan.Zero;
        }
    }

    /// <summary>A film begins: what came before cannot be gone on with.</summary>
    public void Begin(FilmHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        lock (gate)
        {
            Header = header;
            keyDue = false;
            group.Clear();
        }
    }

    /// <summary>The film is over, and nothing of it is kept.</summary>
    public void End()
    {
        lock (gate)
        {
            Header = null;
            keyDue = false;
            group.Clear();
        }
    }

    /// <summary>The next packet of the film that has begun. Never blocks on a viewer.</summary>
    public void Publish(FilmPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        lock (gate)
        {
            if (isClosed?.Invoke() == true)
            {
                group.Clear();
                return;
            }

            if (packet.IsKey)
            {
                keyWanted = keyDue = false;
                group.Clear();
            }
            else if (group.Count == 0)
            {
                // Nobody could decode it.
                return;
            }

            packet.Number = published + 1;
            Interlocked.Increment(ref published);
            group.Add(packet);
            waiting.SetAll();
        }
    }

    /// <summary>Asks for a key frame.</summary>
    internal void RequestKey()
    {
        lock (gate)
        {
            keyWanted = true;
        }
    }

    /// <summary>Whether somebody waits for a key frame; asked once for each frame that is encoded.</summary>
    public bool TakeKeyRequest()
    {
        lock (gate)
        {
            if (!keyWanted || keyDue || (group.Count > 0 && Age < BetweenKeys))
            {
                return false;
            }

            keyDue = true;
            return true;
        }
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

    /// <summary>The packet after <paramref name="last"/>, else a key frame; waits for one.</summary>
    /// <param name="last">The number of the last one that this viewer had; 0: none.</param>
    /// <param name="keyOnly">Whether this viewer gave up what comes before the next key frame.</param>
    /// <param name="arrival">The viewer's own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<(FilmHeader Header, FilmPacket Packet)> NextAsync(
        long last, bool keyOnly, Arrival arrival, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (gate)
            {
                if (Header is { } header && isClosed?.Invoke() != true && Choose(last, keyOnly) is { } packet)
                {
                    return (header, packet);
                }

                waiting.Add(arrival);
            }

            await arrival.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>False: it has been told of a packet already.</returns>
    internal bool Forget(Arrival arrival)
    {
        lock (gate)
        {
            return waiting.Remove(arrival);
        }
    }

    // How long ago the newest key frame was.
    private TimeSpan Age => group[^1].Time - group[0].Time;

    private FilmPacket? Choose(long last, bool keyOnly)
    {
        if (group.Count > 0 && !keyOnly && last >= group[0].Number)
        {
            return last == group[^1].Number ? null : group[(int)(last + 1 - group[0].Number)];
        }

        if (group.Count > 0 && Age <= Fresh && last < group[0].Number)
        {
            return group[0];
        }

        keyWanted = true;
        return null;
    }
}
