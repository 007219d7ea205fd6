namespace PiCam.Core.Broadcasts;

/// <summary>How the sending of the live picture stands.</summary>
/// <param name="Condition">What becomes of it.</param>
/// <param name="Since">Since when it is so.</param>
public sealed record BroadcastState(BroadcastCondition Condition, DateTimeOffset Since)
{
    /// <summary>When it is tried again; null: it is not waited for.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Why it did not work the last time; null: it did.</summary>
    public Reason? Fault { get; init; }
}
