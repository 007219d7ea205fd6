using PiCam.Core.Broadcasts;

namespace PiCam.Blazor.Api;

/// <summary>How the sending of the live picture into the network stands.</summary>
/// <param name="On">Whether it is to be sent.</param>
/// <param name="Target">Where to, without user, password, path and key; null: nowhere yet.</param>
/// <param name="Quality">Of the H.264, 1 to 100.</param>
/// <param name="State">"off", "connecting", "sending" or "waiting" (for the next attempt).</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="RetryAt">When it is tried again; null: it is not waited for.</param>
/// <param name="Reason">Why it did not work the last time; null: it did.</param>
internal sealed record BroadcastDocument(
    bool On, string? Target, int Quality, BroadcastCondition State, DateTimeOffset Since, DateTimeOffset? RetryAt, string? Reason)
{
    public static BroadcastDocument From(Broadcast broadcast)
    {
        var state = broadcast.State;
        return new(broadcast.IsOn, broadcast.Target, broadcast.Quality, state.Condition, state.Since, state.RetryAt, state.Fault?.English);
    }
}
