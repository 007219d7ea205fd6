using PiCam.Core;
using PiCam.Core.Media;
using PiCam.Core.Recordings;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>What ffmpeg's last words mean.</summary>
internal static class FfmpegFailure
{
    /// <summary>Waits for the end of ffmpeg, and says why it came.</summary>
    public static async Task<ReasonException> OfAsync(ChildProcess child)
    {
        var reason = await child.Ended.ConfigureAwait(false);
        return DiskFault(child.LastErrors) is { } fault ? new MediaStorageException(fault) : new RecordingFailedException(RecordingFault.Failed(reason));
    }

    /// <summary>Null: it was not the disk.</summary>
    public static Reason? DiskFault(IReadOnlyList<string> lines)
    {
        var words = string.Join('\n', lines);
        return words.Contains("No space left on device", StringComparison.Ordinal) || words.Contains("Disk quota exceeded", StringComparison.Ordinal)
            ? MediaFault.Full
            : words.Contains("Read-only file system", StringComparison.Ordinal) ? MediaFault.ReadOnly : null;
    }
}
