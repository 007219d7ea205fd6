namespace PiCam.Hardware.JpegPipes;

/// <summary>
/// Times the frames of a stream that carries no times of its own by when they arrive, which follows the file's own times
/// because ffmpeg plays in real time (<c>-re</c>). Used by one writer; the stall limit may be read by anyone.
/// </summary>
/// <param name="time">The monotonic clock.</param>
internal sealed class FrameClock(TimeProvider time)
{
    private static readonly TimeSpan ShortestStallLimit = TimeSpan.FromSeconds(3);

    // Decoders hand out their first frames in a burst, which says nothing of the frame time.
    private const int SettlingFrames = 5;

    // Weight of the newest interval in the running mean: settles within some ten frames, and one late frame moves it little.
    private const double Weight = 0.125;

    private readonly long opened = time.GetTimestamp();
    private long last;
    private long meanTicks;
    private long longestTicks;
    private long unknownLimitTicks = ShortestStallLimit.Ticks;
    private int seen;

    /// <summary>The mean time between frames; null before the second frame.</summary>
    public TimeSpan? FrameDuration => Volatile.Read(ref meanTicks) is > 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>How long the stream may be silent: max(3 s, 3 × the longest frame time of late).</summary>
    public TimeSpan StallLimit
    {
        get
        {
            var limit = TimeSpan.FromTicks(3 * Volatile.Read(ref longestTicks));
            var shortest = Volatile.Read(ref seen) < SettlingFrames ? TimeSpan.FromTicks(Volatile.Read(ref unknownLimitTicks)) : ShortestStallLimit;
            return limit > shortest ? limit : shortest;
        }
    }

    /// <summary>The stream begins: the pause until its next frame says nothing.</summary>
    /// <param name="unknownLimit">The stall limit until the frame time is known.</param>
    public void Restart(TimeSpan unknownLimit)
    {
        Volatile.Write(ref unknownLimitTicks, unknownLimit.Ticks);
        last = 0;
        Volatile.Write(ref longestTicks, 0);
        Volatile.Write(ref seen, 0);
    }

    /// <summary>Notes that a frame has arrived.</summary>
    /// <returns>Its time since the stream was opened, and the timestamp of its arrival.</returns>
    public (TimeSpan SinceOpened, long Timestamp) Tick()
    {
        var now = time.GetTimestamp();
        if (last != 0)
        {
            var interval = Math.Max(time.GetElapsedTime(last, now).Ticks, 1);
            var mean = meanTicks;
            Volatile.Write(ref meanTicks, mean == 0 ? interval : mean + (long)((interval - mean) * Weight));
            Volatile.Write(ref longestTicks, Math.Max(interval, (long)(longestTicks * (1 - Weight))));
        }

        last = now;
        Volatile.Write(ref seen, Math.Min(seen + 1, SettlingFrames));
        return (At(now), now);
    }

    /// <summary>The time since the stream was opened, at a timestamp.</summary>
    public TimeSpan At(long timestamp) => time.GetElapsedTime(opened, timestamp);
}
