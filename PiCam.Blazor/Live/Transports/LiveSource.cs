using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames.Sizes;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Live.Transports;

/// <summary>What every transport works with.</summary>
/// <param name="Caller">Who looks.</param>
/// <param name="Session">Whose frames.</param>
/// <param name="Sizes">Its frames in the sizes that a link can carry.</param>
/// <param name="Viewers">Told that somebody looks.</param>
/// <param name="Statistics">Told of every frame that was shown.</param>
/// <param name="Time">The clock.</param>
/// <param name="PageGone">Cancelled when the page has gone.</param>
internal sealed record LiveSource(
    Caller Caller,
    CameraSession Session,
    FrameSizes Sizes,
    Viewers Viewers,
    ViewerStatistics Statistics,
    TimeProvider Time,
    CancellationToken PageGone)
{
    // With longer exposures nobody waits for four pictures to see a whole one.
    private static readonly TimeSpan LongFrame = TimeSpan.FromSeconds(0.2);

    /// <summary>The size to begin with; null: nothing is known of the link.</summary>
    public FrameSize? First
    {
        get => field ?? (HasLongFrames ? FrameSize.Whole : null);
        init;
    }

    /// <summary>Whether the camera's pictures are far apart.</summary>
    public bool HasLongFrames => Session.State.Actual?.FrameDuration > LongFrame;

    /// <summary>Told after each acknowledged picture: of the size that the page's link carries, and how long pictures take now, there and back.</summary>
    public Action<FrameSize, TimeSpan>? Sized { get; init; }
}
