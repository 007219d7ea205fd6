namespace PiCam.Hardware.Recordings;

/// <summary>How long an ffmpeg may take for a frame before it counts as hung; between frames it has all the time.</summary>
internal sealed class FeedWatch
{
    /// <summary>A busy card may hold a write for seconds.</summary>
    public static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    private volatile bool isWaiting;

    /// <summary>Whether ffmpeg is waited for now.</summary>
    public bool IsWaiting
    {
        get => isWaiting;
        set => isWaiting = value;
    }

    /// <summary>For <see cref="Processes.ChildCommand.StallLimit"/>.</summary>
    public TimeSpan StallLimit => isWaiting ? LongestWrite : TimeSpan.FromDays(1);
}
