using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Recordings;

/// <summary>A recording that one ffmpeg encodes: it gets the JPEGs with their times by a pipe, and writes the file itself.</summary>
internal sealed class FfmpegRecordingFile : IRecordingFile
{
    private readonly ChildProcess child;
    private readonly FrameFeed feed;
    private readonly FileInfo file;
    private readonly Task<long> counting;

    private FfmpegRecordingFile(ChildProcess child, FrameFeed feed, string filePath)
    {
        this.child = child;
        this.feed = feed;
        file = new FileInfo(filePath);
        counting = CountAsync();
    }

    public long Bytes
    {
        get
        {
            file.Refresh();
            return file.Exists ? file.Length : 0;
        }
    }

    /// <exception cref="RecordingFailedException">ffmpeg cannot be started.</exception>
    public static async Task<FfmpegRecordingFile> StartAsync(
        string ffmpeg, RecordingPlan plan, string encoder, string filePath, Func<ChildCommand, Task<ChildProcess>> startAsync)
    {
        var command = FfmpegCommand.Of(ffmpeg, RecordingArguments.ForRecording(plan, encoder, filePath)) with { StopGrace = TimeSpan.FromSeconds(10) };
        var (child, feed) = await FrameFeed.StartAsync(command, plan, startAsync).ConfigureAwait(false);
        return new FfmpegRecordingFile(child, feed, filePath);
    }

    public bool Takes(Frame frame) => true;

    public Task WriteAsync(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return feed.WriteAsync(frame);
    }

    public async Task<long> EndAsync()
    {
        await feed.EndAsync().ConfigureAwait(false);
        var frames = await counting.ConfigureAwait(false);
        await child.Ended.ConfigureAwait(false);
        return child.ExitCode == 0 ? frames : throw await FfmpegFailure.OfRecordingAsync(child).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private async Task<long> CountAsync() => (await FfmpegProgress.ReadAsync(child, _ => { }, CancellationToken.None).ConfigureAwait(false)).Frames;
}
