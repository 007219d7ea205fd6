using PiCam.Core.Frames;

namespace PiCam.Core.Recordings;

/// <summary>A recording's file while it is written. What was written so far can be read if everything ends at once, but for the last two seconds.</summary>
public interface IRecordingFile : IAsyncDisposable
{
    /// <summary>How large the file is by now.</summary>
    long Bytes { get; }

    /// <summary>Whether a frame can be added; else it belongs into the next file.</summary>
    bool Takes(Frame frame);

    /// <summary>Adds a frame, later than all before. Waits where the encoder cannot follow.</summary>
    /// <exception cref="RecordingFailedException">It cannot be written, nor can any after it.</exception>
    /// <exception cref="Media.MediaStorageException">The disk takes no more.</exception>
    Task WriteAsync(Frame frame);

    /// <summary>Ends the file, and returns when it is whole.</summary>
    /// <returns>How many frames are in it.</returns>
    /// <inheritdoc cref="WriteAsync"/>
    Task<long> EndAsync();
}
