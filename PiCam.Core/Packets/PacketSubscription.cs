namespace PiCam.Core.Packets;

/// <summary>One viewer's place in a live film. Used by one reader at a time.</summary>
public sealed class PacketSubscription : IDisposable
{
    private readonly PacketHub hub;
    private long last;
    private bool waitsForKey;
    private bool disposed;

    internal PacketSubscription(PacketHub hub) => this.hub = hub;

    /// <summary>Packets that this viewer did not get since its first one.</summary>
    public long Skipped { get; private set; }

    /// <summary>How many packets this viewer has not got yet.</summary>
    public long Behind => last == 0 ? 0 : hub.Published - last;

    /// <summary>The next packet that this viewer can decode, and the header of its film; waits for one.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<(FilmHeader Header, FilmPacket Packet)> NextAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var next = await hub.NextAsync(last, waitsForKey, cancellationToken).ConfigureAwait(false);
        Skipped += last == 0 ? 0 : next.Packet.Number - last - 1;
        (last, waitsForKey) = (next.Packet.Number, false);
        return next;
    }

    /// <summary>Goes on with a key frame: this viewer has fallen behind.</summary>
    public void SkipToKey() => waitsForKey = true;

    /// <summary>Has a key frame made soon; until then this viewer goes on as it does.</summary>
    public void RequestKey() => hub.RequestKey();

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            hub.Unsubscribe();
        }
    }
}
