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
}
