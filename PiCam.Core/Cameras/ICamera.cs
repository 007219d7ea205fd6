namespace PiCam.Core.Cameras;

/// <summary>A camera that can be opened. Exactly one is active at a time, and only <c>CameraSession</c> talks to it.</summary>
public interface ICamera
{
    /// <summary>One line for the console and the status page, such as "simulated OV5647, 1280×720".</summary>
    string Description { get; }

    /// <summary>The cameras that were tried before the one that runs, each by why it does not; whole sentences.</summary>
    IReadOnlyList<Reason> PassedOver => [];

    /// <summary>Starts the camera with <paramref name="controls"/> in force; returns when it delivers, and knows its capabilities.</summary>
    /// <param name="controls">The desired state; values the camera cannot take are clamped by it, not refused.</param>
    /// <param name="version">Comes back as <see cref="Frames.FrameMetadata.ControlsVersion"/>.</param>
    /// <param name="cancellationToken">Stops the start; nothing is left running.</param>
    /// <exception cref="CameraLostException">It cannot be started; the message says why in words for the person at the page.</exception>
    Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken);
}
