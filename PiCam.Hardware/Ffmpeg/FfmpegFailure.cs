using PiCam.Core;
using PiCam.Core.Media;
using PiCam.Core.Recordings;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>What ffmpeg's last words mean.</summary>
internal static class FfmpegFailure
{
    /// <summary>Waits for the end of ffmpeg, and says why it came.</summary>
    /// <param name="child">ffmpeg.</param>
    /// <param name="otherwise">What it is if it was not the disk, by what ffmpeg said.</param>
    public static async Task<ReasonException> OfAsync(ChildProcess child, Func<string, ReasonException> otherwise)
    {
        var reason = await child.Ended.ConfigureAwait(false);
        return DiskFault(child.LastErrors) is { } fault ? new MediaStorageException(fault) : otherwise(reason);
    }

    /// <summary>The same in a recording.</summary>
    public static Task<ReasonException> OfRecordingAsync(ChildProcess child) => OfAsync(child, reason => new RecordingFailedException(RecordingFault.Failed(reason)));

    /// <summary>Null: it was not the disk.</summary>
    public static Reason? DiskFault(IReadOnlyList<string> lines)
    {
        var words = string.Join('\n', lines);
        return words.Contains("No space left on device", StringComparison.Ordinal) || words.Contains("Disk quota exceeded", StringComparison.Ordinal)
            ? MediaFault.Full
            : words.Contains("Read-only file system", StringComparison.Ordinal) ? MediaFault.ReadOnly : null;
    }
}
