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

    /// <summary>Copies a recording so that its index is at its beginning, as players of the web like it; with the lowest priority.</summary>
    /// <param name="source">The full name of the recording.</param>
    /// <param name="target">The full name of the copy, which is not there yet; when this returns it is known to hold the same frames at the same times.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RecordingFailedException">It cannot be copied, or the copy is not the same.</exception>
    /// <exception cref="Media.MediaStorageException">The disk does not take it.</exception>
    Task IndexAsync(string source, string target, CancellationToken cancellationToken);

    /// <summary>Decodes a film, whole or cut off.</summary>
    /// <param name="filePath">Its full name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What can be played of it; of what is no film: nothing.</returns>
    /// <exception cref="RecordingFailedException">Nobody can tell here.</exception>
    Task<RecordingContent> InspectAsync(string filePath, CancellationToken cancellationToken);
}
