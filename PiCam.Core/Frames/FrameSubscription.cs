using System.Runtime.CompilerServices;

namespace PiCam.Core.Frames;

/// <summary>One viewer's place in the stream. Holds no frame; used by one reader at a time.</summary>
public sealed class FrameSubscription : IDisposable
{
    private readonly FrameHub hub;
    private readonly Arrival arrival;
    private long last;
    private bool disposed;

    internal FrameSubscription(FrameHub hub, long last)
    {
        this.hub = hub;
        arrival = new Arrival(hub.Forget);
        this.last = last;
    }

    /// <summary>Frames that this viewer was too slow to see.</summary>
    public long Skipped { get; private set; }

    /// <summary>The number of the newest frame that this viewer has had, or wanted no more.</summary>
    internal long Last => last;

    /// <summary>Whether the camera is off on purpose, so that there is nothing to wait for.</summary>
    public bool IsClosed => hub.IsClosed;

    /// <summary>The newest frame that this viewer has not had; waits for one if there is none.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Frame> NextAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var frame = await hub.NextAsync(last, arrival, cancellationToken).ConfigureAwait(false);
        Skipped += frame.Sequence - last - 1;
        last = frame.Sequence;
        return frame;
    }

    /// <summary>Forgets what was published so far, so that a pause does not count as skipped frames.</summary>
    public void SkipToNow() => last = hub.Published;

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            hub.Unsubscribe();
        }
    }
}
