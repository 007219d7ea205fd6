namespace PiCam.Core.Frames;

/// <summary>
/// Hands each frame to every viewer. The newest frame wins, per viewer: a slow one skips, never queues, never slows another.
/// </summary>
public sealed class FrameHub
{
    private readonly Lock gate = new();
    private TaskCompletionSource arrival = NewArrival();
    private Frame? latest;
    private int subscribers;

    /// <summary>The newest frame; null before the first.</summary>
    public Frame? Latest => Volatile.Read(ref latest);

    /// <summary>How many subscriptions are open.</summary>
    public int Subscribers => Volatile.Read(ref subscribers);

    /// <summary>Makes <paramref name="frame"/> the newest. Never blocks on a reader.</summary>
    public void Publish(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        TaskCompletionSource arrived;
        lock (gate)
        {
            frame.Sequence = (latest?.Sequence ?? 0) + 1;
            Volatile.Write(ref latest, frame);
            arrived = arrival;
            arrival = NewArrival();
        }

        arrived.SetResult();
    }

    /// <summary>A new reader. Its first frame is the next one published, not one from before.</summary>
    public FrameSubscription Subscribe()
    {
        Interlocked.Increment(ref subscribers);
        return new FrameSubscription(this, Latest?.Sequence ?? 0);
    }

    internal void Unsubscribe() => Interlocked.Decrement(ref subscribers);

    internal async ValueTask<Frame> NextAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrived;
            lock (gate)
            {
                if (latest is { } frame && frame.Sequence > after)
                {
                    return frame;
                }

                arrived = arrival.Task;
            }

            await arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Continuations run elsewhere: a reader's work must never run on the capture loop's thread.
    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
