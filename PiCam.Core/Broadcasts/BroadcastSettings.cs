using PiCam.Core.Cameras;

namespace PiCam.Core.Broadcasts;

/// <summary>Where the live picture is sent, and how; kept across restarts.</summary>
public sealed record BroadcastSettings
{
    /// <summary>Where to: rtsp, rtsps, rtmp, srt or udp; with user, password or key, which nobody is shown again. Null: nowhere yet.</summary>
    public string? Address { get; init; }

    /// <summary>Whether it is sent.</summary>
    public bool IsOn { get; init; }

    /// <summary>Of the H.264, 1 to 100; larger is better and takes more of the line.</summary>
    public int Quality { get; init; } = 50;

    /// <summary>What is wrong with them, apart from the address; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check() => [.. StillRequest.CheckQuality(Quality)];
}
