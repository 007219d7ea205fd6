using PiCam.Core.Cameras;
using PiCam.Core.Packets;

namespace PiCam.Blazor.Live.Transports;

/// <summary>A page's own multipart stream, as its endpoint sees it.</summary>
internal sealed class PageStream : IDisposable
{
    private readonly Lock gate = new();
    private readonly Action<PageStream> forget;
    private readonly ViewerStatistics statistics;
    private TaskCompletionSource opened = Pending();
    private TaskCompletionSource closed = Pending();
    private int open;

    public PageStream(string key, string userId, ViewerStatistics statistics, Action<PageStream> forget)
    {
        (Key, UserId, this.statistics, this.forget) = (key, userId, statistics, forget);
        closed.SetResult();
    }

    /// <summary>Names the stream in its address.</summary>
    public string Key { get; }

    /// <summary>Whose page it is; nobody else's request counts for it.</summary>
    public string UserId { get; }

    /// <summary>How many pictures the page says that it has drawn.</summary>
    public long Drawn { get; private set; }

    /// <summary>For how long pictures have come as quickly as if the link had no limit, in the best quality.</summary>
    public TimeSpan Best { get; private set; }

    /// <summary>How long the quickest picture took there and back.</summary>
    public TimeSpan Way { get; private set; }

    /// <summary>Completes when the stream runs; a new task after it ended.</summary>
    public Task WhenOpen
    {
        get
        {
            lock (gate)
            {
                return opened.Task;
            }
        }
    }

    /// <summary>Completes when no stream runs; a new task after one began.</summary>
    public Task WhenClosed
    {
        get
        {
            lock (gate)
            {
                return closed.Task;
            }
        }
    }

    /// <summary>The stream begins.</summary>
    /// <returns>Dispose when it ends.</returns>
    public IDisposable Begin()
    {
        lock (gate)
        {
            // A browser may ask anew before the old request is seen to have gone.
            if (++open == 1)
            {
                closed = Pending();
                opened.SetResult();
            }
        }

        return new Run(this);
    }

    /// <summary>A frame went out. When it is seen nobody knows: the stream has no acknowledgement.</summary>
    public void Sent(long skipped) => statistics.Sent(skipped);

    /// <summary>A picture was drawn.</summary>
    /// <param name="size">Of it, in pixels.</param>
    /// <param name="latency">Since it came from the camera.</param>
    /// <param name="film">Which it is of.</param>
    public void Shown(PixelSize size, TimeSpan latency, FilmSubscription film)
    {
        (Best, Way) = (film.Best, film.Way);
        Drawn++;
        statistics.Shown(size, latency, film.Skipped);
    }

    public void Dispose() => forget(this);

    private static TaskCompletionSource Pending() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void End()
    {
        lock (gate)
        {
            if (--open == 0)
            {
                opened = Pending();
                closed.SetResult();
            }
        }
    }

    private sealed class Run(PageStream stream) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                stream.End();
            }
        }
    }
}
