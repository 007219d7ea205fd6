using PiCam.Core.Frames;
using PiCam.Core.Recordings;

namespace PiCam.Core.Broadcasts;

/// <summary>Sends the live picture into the network.</summary>
public interface IBroadcaster
{
    /// <summary>An address without user, password, path and key, as people may be shown it.</summary>
    /// <returns>Null: it is none that can be sent to.</returns>
    string? Describe(string address);

    /// <summary>Sends until the camera begins anew.</summary>
    /// <param name="plan">How; H.264.</param>
    /// <param name="address">Where to; it is looked up, and checked against what the owner allows, anew each time.</param>
    /// <param name="frames">The next one is asked for when the one before is taken.</param>
    /// <param name="sending">Called when the first frames have gone out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BroadcastFailedException">The address is refused, nobody receives there, or not any more.</exception>
    /// <exception cref="RecordingFailedException">No H.264 can be made here.</exception>
    Task SendAsync(RecordingPlan plan, string address, IAsyncEnumerable<Frame> frames, Action sending, CancellationToken cancellationToken);
}
