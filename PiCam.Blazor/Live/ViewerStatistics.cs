using PiCam.Core.Frames;

namespace PiCam.Blazor.Live;

/// <summary>How one open page fares: frames shown (the browser acknowledged them), how late, how many skipped.</summary>
public sealed class ViewerStatistics(TimeProvider time)
{
    private readonly FrameRateMeter meter = new(time);
    private readonly Lock gate = new();
    private TimeSpan latency;
    private long skipped;

    /// <summary>Frames per second that the browser acknowledged.</summary>
    public double FramesPerSecond => meter.FramesPerSecond;

    /// <summary>From the picture's arrival in this process to the browser's acknowledgement, smoothed.</summary>
    public TimeSpan Latency
    {
        get
        {
            lock (gate)
            {
                return latency;
            }
        }
    }

    /// <summary>Frames that this page was too slow for.</summary>
    public long Skipped => Interlocked.Read(ref skipped);

    /// <summary>Notes a frame that the browser has shown.</summary>
    public void Shown(TimeSpan frameLatency, long skippedSoFar)
    {
        meter.Count();
        Interlocked.Exchange(ref skipped, skippedSoFar);
        lock (gate)
        {
            latency = latency == TimeSpan.Zero ? frameLatency : (latency * 0.8) + (frameLatency * 0.2);
        }
    }
}
