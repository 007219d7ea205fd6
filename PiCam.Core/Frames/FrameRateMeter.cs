namespace PiCam.Core.Frames;

/// <summary>Measures frames per second over a sliding window of one second, or the last two frames when they are further apart.</summary>
public sealed class FrameRateMeter(TimeProvider time)
{
    private readonly Queue<long> arrivals = new();
    private readonly Lock gate = new();

    /// <summary>Counts a frame that arrived now.</summary>
    public void Count()
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            arrivals.Enqueue(now);
            while (arrivals.Count > 2 && time.GetElapsedTime(arrivals.Peek(), now) > TimeSpan.FromSeconds(1))
            {
                arrivals.Dequeue();
            }
        }
    }

    /// <summary>Forgets all arrivals.</summary>
    public void Reset()
    {
        lock (gate)
        {
            arrivals.Clear();
        }
    }

    /// <summary>Frames per second; 0 before the second frame. Falls towards 0 when frames stop coming.</summary>
    public double FramesPerSecond
    {
        get
        {
            lock (gate)
            {
                if (arrivals.Count < 2)
                {
                    return 0;
                }

                var newest = arrivals.Last();
                var span = time.GetElapsedTime(arrivals.Peek(), newest);
                var interval = span / (arrivals.Count - 1);
                var silence = time.GetElapsedTime(newest);
                return 1 / (silence > 2 * interval ? silence : interval).TotalSeconds;
            }
        }
    }
}
