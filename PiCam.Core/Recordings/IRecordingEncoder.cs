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

    /// <summary>Decodes a film, whole or cut off.</summary>
    /// <param name="filePath">Its full name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What can be played of it; of what is no film: nothing.</returns>
    /// <exception cref="RecordingFailedException">Nobody can tell here.</exception>
    Task<RecordingContent> InspectAsync(string filePath, CancellationToken cancellationToken);

    /// <summary>Copies a film, without encoding it again, to a file that players can wind in at once.</summary>
    /// <param name="filePath">The film's full name; stays as it is.</param>
    /// <param name="target">The copy's full name; the copy is not there yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RecordingFailedException">It cannot be copied.</exception>
    /// <exception cref="Media.MediaStorageException">The disk does not take it.</exception>
    Task CopyAsync(string filePath, string target, CancellationToken cancellationToken);
}
