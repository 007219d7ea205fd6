using System.Runtime.CompilerServices;
using PiCam.Core.Frames;

namespace PiCam.Core.Packets;

/// <summary>One viewer's place in a live film. Used by one reader at a time.</summary>
public sealed class PacketSubscription : IDisposable
{
    private readonly PacketHub hub;
    private readonly Arrival arrival;
    private FilmPacket? last;
    private bool waitsForKey;
    private bool disposed;

    internal PacketSubscription(PacketHub hub) => (this.hub, arrival) = (hub, new Arrival(hub.Forget));

    /// <summary>Packets that this viewer did not get since its first one.</summary>
    public long Skipped { get; private set; }

    /// <summary>How much newer than what this viewer got last the film's newest picture is. Negative: a new film has begun.</summary>
    public TimeSpan Behind => last is null ? TimeSpan.Zero : hub.Behind(last);

    /// <summary>How many packets there are that this viewer has not got.</summary>
    public long Waiting => last is null ? 0 : hub.Published - last.Number;

    /// <summary>The next packet that this viewer can decode, and the header of its film; waits for one.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(FilmHeader Header, FilmPacket Packet)> NextAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var next = await hub.NextAsync(last?.Number ?? 0, waitsForKey, arrival, cancellationToken).ConfigureAwait(false);
        Skipped += last is null ? 0 : next.Packet.Number - last.Number - 1;
        (last, waitsForKey) = (next.Packet, false);
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
