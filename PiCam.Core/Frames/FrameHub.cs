using System.Runtime.CompilerServices;

namespace PiCam.Core.Frames;

/// <summary>
/// Hands each frame to every viewer. The newest frame wins, per viewer: a slow one skips, never queues, never slows another.
/// </summary>
public sealed class FrameHub
{
    private readonly FrameHub? original;
    private readonly bool fromHalf;
    private readonly Lock gate = new();
    private readonly Arrivals waiting = new();
    private Frame? latest;
    private int subscribers;
    private int halves;
    private long published;
    private bool closed;
    private FrameQueue[] queues = [];

    /// <summary>Hands out frames.</summary>
    /// <param name="original">Of whose frames copies are published here: who reads them reads it, and while it is closed none come through.</param>
    /// <param name="fromHalf">Whether its copies are made of <see cref="Frame.Half"/>, if there is one.</param>
    public FrameHub(FrameHub? original = null, bool fromHalf = false)
    {
        (this.original, this.fromHalf) = (original, fromHalf);
        Ring = new FrameRing(this);
    }

    /// <summary>The first reader came or the last one left, of this or of <see cref="Frame.Half"/>. Raised on the reader's thread; handlers must return quickly and not throw.</summary>
    public event Action? WantedChanged;

    /// <summary>The newest frame; null before the first, and while nobody watches: an old picture must not pass for a live one.</summary>
    public Frame? Latest => Volatile.Read(ref latest);

    /// <summary>How many subscriptions are open. Each is a lease: while there is none, the camera encodes nothing.</summary>
    public int Subscribers => Volatile.Read(ref subscribers);

    /// <summary>What came before now; keeps nothing until it is <see cref="FrameRing.Limit">allowed</see> to.</summary>
    public FrameRing Ring { get; }

    /// <summary>Whether anybody wants pictures.</summary>
    public bool Wanted => Subscribers > 0;

    /// <summary>Whether anybody would use <see cref="Frame.Half"/>.</summary>
    public bool HalfWanted => Volatile.Read(ref halves) > 0;

    /// <summary>Makes <paramref name="frame"/> the newest, unless the hub is closed. Never blocks on a reader.</summary>
    public void Publish(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        lock (Gate)
        {
            if (IsClosedNow)
            {
                return;
            }

            // A copy keeps the number of what it is a copy of.
            published = original is null ? published + 1 : frame.Sequence;
            frame.Sequence = published;
            Volatile.Write(ref latest, frame);

            Ring.Offer(frame);
            if (queues.Length > 0)
            {
                // One of their own: the text that viewers make of a frame, which is larger than the picture, goes with the viewers' one.
                var kept = frame with { Half = null };
                foreach (var queue in queues)
                {
                    queue.Offer(kept);
                }
            }

            waiting.SetAll();
        }
    }

    /// <summary>A new reader. Its first frame is the next one published, not one from before.</summary>
    public FrameSubscription Subscribe()
    {
        Enter();
        return new FrameSubscription(this, Published);
    }

    /// <summary>A reader who read elsewhere until now, and wants no older frame than there.</summary>
    internal FrameSubscription Follow(FrameSubscription former)
    {
        Enter();
        return new FrameSubscription(this, former.Last);
    }

    /// <summary>A reader that gets every frame from the next one on, however slow it is.</summary>
    /// <param name="count">How many frames it wants, at least 1.</param>
    /// <param name="mostBytes">How much may wait for it; what comes beyond is lost to it, and counted.</param>
    /// <param name="withRing">Whether it begins with the <see cref="Ring"/>'s frames, without a gap between them and the next one.</param>
    public FrameQueue Queue(long count, long mostBytes, bool withRing = false)
    {
        var queue = new FrameQueue(this, count, mostBytes);
        lock (Gate)
        {
            if (withRing)
            {
                foreach (var frame in Ring.Frames)
                {
                    queue.Offer(frame);
                }
            }

            queues = [.. queues, queue];
        }

        Enter();
        return queue;
    }

    /// <summary>Forgets the newest frames.</summary>
    public void Clear()
    {
        lock (Gate)
        {
            Volatile.Write(ref latest, null);
            Ring.Clear();
        }
    }

    /// <summary>Forgets the newest frame and takes no other, until <see cref="Open"/>.</summary>
    public void Close()
    {
        lock (Gate)
        {
            closed = true;
            Clear();
        }
    }

    /// <summary>Takes frames again.</summary>
    public void Open()
    {
        lock (Gate)
        {
            closed = false;
        }
    }

    /// <summary>Whether no frame comes through until <see cref="Open"/>.</summary>
    internal bool IsClosed
    {
        get
        {
            lock (Gate)
            {
                return IsClosedNow;
            }
        }
    }

    // One for copies and what they are copies of: no copy comes through once that is closed.
    internal Lock Gate => original?.Gate ?? gate;

    private bool IsClosedNow => closed || original is { IsClosedNow: true };

    /// <summary>The running number of the last frame that was published, here or where copies come from: those may not have been made for long.</summary>
    internal long Published => original?.Published ?? Interlocked.Read(ref published);

    internal void Remove(FrameQueue queue)
    {
        lock (Gate)
        {
            queues = [.. queues.Except([queue])];
        }

        Unsubscribe();
    }

    internal void Unsubscribe()
    {
        if (Interlocked.Decrement(ref subscribers) == 0)
        {
            Clear();
            WantedChanged?.Invoke();
            if (fromHalf)
            {
                original!.CountHalf(-1);
            }

            original?.Unsubscribe();
        }
    }

    /// <param name="after">The number of the frame that the reader has.</param>
    /// <param name="arrival">The reader's own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<Frame> NextAsync(long after, Arrival arrival, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (Gate)
            {
                if (!IsClosedNow && latest is { } frame && frame.Sequence > after)
                {
                    return frame;
                }

                waiting.Add(arrival);
            }

            await arrival.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>False: it has been told of a frame already.</returns>
    internal bool Forget(Arrival arrival)
    {
        lock (Gate)
        {
            return waiting.Remove(arrival);
        }
    }

    internal void Enter()
    {
        if (Interlocked.Increment(ref subscribers) == 1)
        {
            original?.Enter();
            if (fromHalf)
            {
                original!.CountHalf(1);
            }

            WantedChanged?.Invoke();
        }
    }

    private void CountHalf(int change)
    {
        if (Interlocked.Add(ref halves, change) == Math.Max(0, change))
        {
            WantedChanged?.Invoke();
        }
    }
}
