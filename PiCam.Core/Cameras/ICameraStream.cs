using PiCam.Core.Frames;

namespace PiCam.Core.Cameras;

/// <summary>A running camera. Disposing stops it and leaves nothing behind.</summary>
public interface ICameraStream : IAsyncDisposable
{
    /// <summary>What this camera can do. Another object after a change that alters it (another size or sensor mode, say).</summary>
    CameraCapabilities Capabilities { get; }

    /// <summary>Frames the camera or its reader threw away (corrupt, too large, or nobody was fast enough). Only grows.</summary>
    long DroppedFrames { get; }

    /// <summary>How long there was no new picture at the latest change that the camera had to be started anew for; null: none yet.</summary>
    TimeSpan? RestartGap => null;

    /// <summary>The newest change that the camera would not take; null: none yet.</summary>
    CameraRefusal? Refusal => null;

    /// <summary>
    /// The next frame; without a picture while nobody wants one (<see cref="SetEncodingAsync"/>), if the camera then delivers
    /// anything at all. One reader at a time.
    /// </summary>
    /// <exception cref="CameraLostException">The camera ended, or gave no frame for max(3 s, 3 × its frame time).</exception>
    ValueTask<Frame> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Hands the camera the whole desired state; the frames' metadata says when it took effect.</summary>
    /// <param name="controls">Already validated against <see cref="Capabilities"/>.</param>
    /// <param name="version">Grows with every call; comes back as <see cref="FrameMetadata.ControlsVersion"/>.</param>
    /// <param name="cancellationToken">Gives up waiting for the camera to take it.</param>
    /// <exception cref="CameraLostException">The camera is gone.</exception>
    ValueTask ApplyAsync(CameraControls controls, long version, CancellationToken cancellationToken);

    /// <summary>
    /// Whether anybody wants pictures. A camera starts with it on. Off: the sensor and its automatic exposure go on, as far as
    /// the camera can do that, but nothing is encoded.
    /// </summary>
    /// <param name="wanted">Whether pictures are wanted.</param>
    /// <param name="cancellationToken">Gives up waiting for the camera to take it.</param>
    /// <exception cref="CameraLostException">The camera is gone.</exception>
    ValueTask SetEncodingAsync(bool wanted, CancellationToken cancellationToken);

    /// <summary>
    /// Whether anybody would use <see cref="Frame.Half"/>. A camera starts with it off, and one that cannot make it more cheaply than
    /// from the whole picture needs not do anything.
    /// </summary>
    /// <param name="wanted">Whether pictures of half the size are wanted.</param>
    /// <param name="cancellationToken">Gives up waiting for the camera to take it.</param>
    /// <exception cref="CameraLostException">The camera is gone.</exception>
    ValueTask SetHalfAsync(bool wanted, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Takes one picture beside the stream, with the controls that were handed over last and metadata of its own, also while nobody
    /// wants pictures. Somebody must be reading the stream meanwhile. One at a time. What is lent to it (<see cref="StillRequest.Loan"/>)
    /// is in force for this picture only, however it ends.
    /// </summary>
    /// <param name="request">Already checked against <see cref="Capabilities"/>.</param>
    /// <param name="cancellationToken">Gives up waiting for it; the stream goes on.</param>
    /// <exception cref="StillFailedException">There is none; the stream goes on.</exception>
    /// <exception cref="CameraLostException">The camera is gone.</exception>
    Task<Frame> CaptureAsync(StillRequest request, CancellationToken cancellationToken);
}
