using System.Diagnostics.Metrics;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Blazor.Live;

/// <summary>How one open page fares: frames shown (the browser acknowledged them), how late, how many skipped.</summary>
public sealed class ViewerStatistics(TimeProvider time)
{
    /// <summary>Where the figures of all pages can be listened to.</summary>
    public const string MeterName = "PiCam.Viewers";

    private static readonly Meter Figures = new(MeterName);
    private static readonly Histogram<double> Latencies =
        Figures.CreateHistogram<double>("picam.viewer.latency", "s", "From a picture's arrival in this process to the browser's acknowledgement.");

    private readonly FrameRateMeter meter = new(time);
    private readonly Lock gate = new();
    private TimeSpan latency;
    private bool measured;
    private PixelSize? size;
    private long skipped;
    private long skippedBefore;

    /// <summary>Frames per second that the browser acknowledged.</summary>
    public double FramesPerSecond => meter.FramesPerSecond;

    /// <summary>
    /// From the picture's arrival in this process to the browser's acknowledgement, smoothed; null: there is no acknowledgement.
    /// </summary>
    public TimeSpan? Latency
    {
        get
        {
            lock (gate)
            {
                return measured ? latency : null;
            }
        }
    }

    /// <summary>Frames that this page was too slow for.</summary>
    public long Skipped => Interlocked.Read(ref skipped);

    /// <summary>How large the pictures are that reach this page, in pixels; null: as the camera makes them.</summary>
    public PixelSize? Size
    {
        get
        {
            lock (gate)
            {
                return size;
            }
        }
    }

    /// <summary><see cref="Carrier"/>, <see cref="Reason"/> or <see cref="Size"/> changed.</summary>
    public event Action? Changed;

    /// <summary>How the pictures reach the page now.</summary>
    public TransportKind Carrier { get; private set; }

    /// <summary>Why so; null: because the person wants it so.</summary>
    public AutoReason? Reason { get; private set; }

    /// <summary>Notes how the pictures reach the page from now on.</summary>
    public void Carry(TransportKind kind, AutoReason? reason)
    {
        if ((Carrier, Reason) != (kind, reason))
        {
            (Carrier, Reason) = (kind, reason);
            Changed?.Invoke();
        }
    }

    /// <summary>Notes a frame that the browser has shown.</summary>
    /// <param name="frameSize">Of it, in pixels.</param>
    /// <param name="frameLatency">See <see cref="Latency"/>.</param>
    /// <param name="skippedSoFar">Frames skipped since the page began to watch.</param>
    public void Shown(PixelSize frameSize, TimeSpan frameLatency, long skippedSoFar)
    {
        meter.Count();
        Latencies.Record(frameLatency.TotalSeconds);
        lock (gate)
        {
            Interlocked.Exchange(ref skipped, skippedBefore + skippedSoFar);
            latency = measured ? (latency * 0.8) + (frameLatency * 0.2) : frameLatency;
            measured = true;
        }

        ShowsIn(frameSize);
    }

    /// <summary>Notes a frame that was sent to a browser which does not say when it shows it.</summary>
    /// <param name="skippedSoFar">Frames skipped since the stream began.</param>
    public void Sent(long skippedSoFar)
    {
        meter.Count();
        lock (gate)
        {
            Interlocked.Exchange(ref skipped, skippedBefore + skippedSoFar);
            measured = false;
        }

        ShowsIn(null);
    }

    /// <summary>The page stops watching, for now.</summary>
    /// <param name="skippedInAll">Frames skipped since it began.</param>
    public void Leave(long skippedInAll)
    {
        lock (gate)
        {
            skippedBefore += skippedInAll;
        }
    }

    private void ShowsIn(PixelSize? frameSize)
    {
        lock (gate)
        {
            if (size == frameSize)
            {
                return;
            }

            size = frameSize;
        }

        Changed?.Invoke();
    }
}
