using PiCam.Core.Frames;

namespace PiCam.Core.Recordings;

/// <summary>Makes recordings' files.</summary>
public interface IRecordingEncoder
{
    /// <summary>Why no H.264 can be made here; null: it can.</summary>
    Task<Reason?> FaultAsync(CancellationToken cancellationToken);

    /// <summary>Begins a file that is not there yet.</summary>
    /// <param name="plan">How.</param>
    /// <param name="filePath">Its full name.</param>
    /// <param name="cancellationToken">Gives up; then nothing was begun.</param>
    /// <exception cref="RecordingFailedException">It cannot be made.</exception>
    /// <exception cref="Media.MediaStorageException">The disk does not take it.</exception>
    Task<IRecordingFile> BeginAsync(RecordingPlan plan, string filePath, CancellationToken cancellationToken);

    /// <summary>Encodes what comes for somebody who watches: fragmented MP4, a part with each frame.</summary>
    /// <param name="plan">How; H.264.</param>
    /// <param name="frames">The next one is asked for when the one before is taken. When the camera begins anew, the film ends.</param>
    /// <param name="target">Where it goes; a slow one costs frames, not memory.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecordingFailedException">It cannot be made, or too many watch by now.</exception>
    Task StreamAsync(RecordingPlan plan, IAsyncEnumerable<Frame> frames, Stream target, CancellationToken cancellationToken);
}
