using System.Threading.Channels;

namespace PiCam.Core.Frames;

/// <summary>
/// A place in the stream where frames wait for a slow reader, so many of them as it wants: none is skipped as long as they fit
/// into the memory it may have, and those that do not are counted. Used by one reader at a time.
/// </summary>
public sealed class FrameQueue : IDisposable
{
    private readonly FrameHub hub;
    private readonly long count;
    private readonly long mostBytes;
    private readonly Channel<Frame> waiting = Channel.CreateUnbounded<Frame>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private long bytes;
    private long lost;
    private long taken;
    private bool complete;
    private bool disposed;

    internal FrameQueue(FrameHub hub, long count, long mostBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostBytes, 1);
        (this.hub, this.count, this.mostBytes) = (hub, count, mostBytes);
    }

    /// <summary>Frames that were let in.</summary>
    public long Taken
    {
        get
        {
            lock (gate)
            {
                return taken;
            }
        }
    }

    /// <summary>Frames between those that found no room.</summary>
    public long Lost
    {
        get
        {
            lock (gate)
            {
                return lost;
            }
        }
    }

    /// <summary>Ends when no more frames are let in.</summary>
    public Task Filled => filled.Task;

    /// <summary>Lets no more frames in; those that wait can still be read.</summary>
    public void Complete()
    {
        lock (gate)
        {
            complete = true;
        }

        waiting.Writer.TryComplete();
        filled.TrySetResult();
    }

    /// <summary>The frames, one after the other, until there are as many as were wanted.</summary>
    public async IAsyncEnumerable<Frame> ReadAllAsync()
    {
        await foreach (var frame in waiting.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            lock (gate)
            {
                bytes -= frame.Jpeg.Length;
            }

            yield return frame;
        }
    }

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            Complete();
            hub.Remove(this);
        }
    }

    /// <summary>Takes a frame in, if there is room. Returns at once; called by the hub only.</summary>
    internal void Offer(Frame frame)
    {
        bool last;
        lock (gate)
        {
            if (complete)
            {
                return;
            }

            if (bytes + frame.Jpeg.Length > mostBytes)
            {
                lost++;
                return;
            }

            bytes += frame.Jpeg.Length;
            taken++;
            last = taken == count;
            waiting.Writer.TryWrite(frame);
        }

        if (last)
        {
            Complete();
        }
    }
}
