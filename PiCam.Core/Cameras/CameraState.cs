using PiCam.Core.Frames;

namespace PiCam.Core.Cameras;

/// <summary>A snapshot of the camera for pages and the HTTP API.</summary>
/// <param name="Condition">What it is doing.</param>
/// <param name="Reason">One sentence for the person at the page when it is lost, else null.</param>
/// <param name="RetryAt">When PiCam tries again, when it is lost.</param>
/// <param name="Capabilities">Of the running camera, or the last one that ran; null before the first.</param>
/// <param name="Asked">What people asked for.</param>
/// <param name="Actual">What the newest frame says; null before the first.</param>
/// <param name="Controls">How far each control that the camera has is in force, by <see cref="ControlNames"/>.</param>
/// <param name="FramesPerSecond">Measured over the last second or so; 0 when not live.</param>
/// <param name="DroppedFrames">Frames lost between the camera and the hub since the camera was opened.</param>
public sealed record CameraState(
    CameraCondition Condition,
    Reason? Reason,
    DateTimeOffset? RetryAt,
    CameraCapabilities? Capabilities,
    CameraControls Asked,
    FrameMetadata? Actual,
    IReadOnlyDictionary<string, ControlCondition> Controls,
    double FramesPerSecond,
    long DroppedFrames)
{
    /// <inheritdoc cref="ICameraStream.RestartGap"/>
    public TimeSpan? RestartGap { get; init; }

    /// <summary>The live picture stands still on purpose: see <see cref="CameraCapabilities.StillPausesStream"/>.</summary>
    public bool PausedForStill { get; init; }

    /// <summary>Why the camera did not take the newest change, so that it was taken back; null: it did.</summary>
    public Reason? Refused { get; init; }

    /// <inheritdoc cref="ICamera.PassedOver"/>
    public IReadOnlyList<Reason> PassedOver { get; init; } = [];

    /// <summary>Why nothing can be taken with it, for whoever asks while it is not live.</summary>
    public Reason WhyNot => Condition == CameraCondition.Private ? CameraLoss.Private : Reason ?? CameraLoss.NotStarted;

    /// <summary>The controls that wait for a frame to confirm them.</summary>
    public IEnumerable<string> Pending =>
        Controls.Where(c => c.Value == ControlCondition.Pending).Select(c => c.Key);
}
