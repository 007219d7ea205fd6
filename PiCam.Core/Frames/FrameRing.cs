namespace PiCam.Core.Frames;

/// <summary>
/// The newest frames of the stream, bounded by time and by bytes: what a film begins with that was asked for too late. It keeps
/// what comes <see cref="KeepWhile">while that is of use</see>; frames that nobody watches it gets only if it <see cref="KeepReady">asks for them</see>. It
/// keeps copies: pictures themselves would grow old here, and old garbage takes several times their memory until it is found.
/// </summary>
public sealed class FrameRing
{
    private readonly FrameHub hub;
    private readonly Queue<Kept> frames = new();
    private readonly BytePages pictures = new();
    private TimeSpan longest;
    private long mostBytes;
    private Func<bool> isOfUse = static () => true;
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
                return pictures.Length;
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

    /// <summary>Says when it is of use: while it is not, it keeps nothing, unless it <see cref="KeepReady">is to be ready</see> always.</summary>
    /// <param name="ofUse">Asked at each frame; must return quickly and not throw.</param>
    public void KeepWhile(Func<bool> ofUse)
    {
        lock (hub.Gate)
        {
            isOfUse = ofUse;
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
    internal IEnumerable<Frame> Frames
    {
        get
        {
            var position = 0L;
            foreach (var kept in frames)
            {
                var jpeg = GC.AllocateUninitializedArray<byte>(kept.Length);
                pictures.Read(position, jpeg);
                position += kept.Length;
                yield return new Frame(jpeg, kept.Width, kept.Height, kept.Metadata, kept.CapturedAt) { Sequence = kept.Sequence };
            }
        }
    }

    /// <summary>Takes a frame in, and lets the oldest go. Under the hub's lock.</summary>
    internal void Offer(Frame frame)
    {
        // What was before cannot stand in one film with it.
        if (newest is not null && !frame.Follows(newest))
        {
            Clear();
        }

        if (longest == TimeSpan.Zero || (!isReady && !isOfUse()))
        {
            Clear();
            return;
        }

        newest = frame;
        frames.Enqueue(new Kept(frame.Jpeg.Length, frame.Width, frame.Height, frame.Metadata, frame.CapturedAt, frame.Sequence));
        pictures.Append(frame.Jpeg);
        Trim();
    }

    /// <summary>Forgets everything. Under the hub's lock.</summary>
    internal void Clear()
    {
        frames.Clear();
        pictures.Clear();
        newest = null;
    }

    private void Trim()
    {
        while (frames.Count > 0 && (longest == TimeSpan.Zero || pictures.Length > mostBytes || SpanNow > longest))
        {
            pictures.Drop(frames.Dequeue().Length);
        }
    }

    /// <summary>A frame without its picture, which lies among the others' bytes.</summary>
    private readonly record struct Kept(int Length, int Width, int Height, FrameMetadata Metadata, long CapturedAt, long Sequence);
}
