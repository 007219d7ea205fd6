namespace PiCam.Core.Frames;

/// <summary>
/// The newest frames of the stream, bounded by time and by bytes: what a film begins with that was asked for too late. It keeps
/// what comes while somebody watches; frames that nobody watches it gets only if it <see cref="KeepReady">asks for them</see>.
/// </summary>
public sealed class FrameRing
{
    private readonly FrameHub hub;
    private readonly Queue<Frame> frames = new();
    private TimeSpan longest;
    private long mostBytes;
    private long bytes;
    private Frame? newest;
    private bool isReady;

    internal FrameRing(FrameHub hub) => this.hub = hub;

    /// <summary>How much its pictures take, in bytes.</summary>
    public long Bytes
    {
        get
        {
            lock (hub.Gate)
            {
                return bytes;
            }
        }
    }

    /// <summary>The time between its oldest and its newest frame.</summary>
    public TimeSpan Span
    {
        get
        {
            lock (hub.Gate)
            {
                return SpanNow;
            }
        }
    }

    private TimeSpan SpanNow =>
        frames.TryPeek(out var oldest) ? newest!.Metadata.SensorTimestamp - oldest.Metadata.SensorTimestamp : TimeSpan.Zero;

    /// <summary>Says how much it may keep; what is too much goes at once.</summary>
    /// <param name="span">At most this long; zero: nothing.</param>
    /// <param name="mostBytes">Of all its pictures together, at least 0.</param>
    public void Limit(TimeSpan span, long mostBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(mostBytes);
        lock (hub.Gate)
        {
            (longest, this.mostBytes) = (span, mostBytes);
            Trim();
        }
    }

    /// <summary>Whether it asks for frames by itself, which costs the camera what a viewer does.</summary>
    public void KeepReady(bool ready)
    {
        lock (hub.Gate)
        {
            if (ready == isReady)
            {
                return;
            }

            isReady = ready;
        }

        if (ready)
        {
            hub.Enter();
        }
        else
        {
            hub.Unsubscribe();
        }
    }

    /// <summary>Forgets everything: the camera has stopped.</summary>
    public void Forget()
    {
        lock (hub.Gate)
        {
            Clear();
        }
    }

    /// <summary>Its frames, oldest first. Under the hub's lock.</summary>
    internal IEnumerable<Frame> Frames => frames;

    /// <summary>Takes a frame in, and lets the oldest go. Under the hub's lock.</summary>
    internal void Offer(Frame frame)
    {
        // What was before cannot stand in one film with it.
        if (newest is not null && !frame.Follows(newest))
        {
            Clear();
        }

        newest = frame;
        frames.Enqueue(frame);
        bytes += frame.Jpeg.Length;
        Trim();
    }

    /// <summary>Forgets everything. Under the hub's lock.</summary>
    internal void Clear()
    {
        frames.Clear();
        (bytes, newest) = (0, null);
    }

    private void Trim()
    {
        while (frames.Count > 0 && (longest == TimeSpan.Zero || bytes > mostBytes || SpanNow > longest))
        {
            bytes -= frames.Dequeue().Jpeg.Length;
        }
    }
}
