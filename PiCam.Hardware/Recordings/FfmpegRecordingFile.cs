using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Recordings;

/// <summary>A recording that one ffmpeg encodes: it gets the JPEGs with their times by a pipe, and writes the file itself.</summary>
internal sealed class FfmpegRecordingFile : IRecordingFile
{
    /// <summary>How long ffmpeg may take for a frame before it counts as hung; a busy card may hold a write for seconds.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    private readonly ChildProcess child;
    private readonly RecordingPlan plan;
    private readonly FileInfo file;
    private readonly WriteWatch watch;
    private readonly Task<long> counting;
    private readonly byte[] header = new byte[MatroskaWriter.FrameHeaderLength];
    private TimeSpan? begin;

    private FfmpegRecordingFile(ChildProcess child, RecordingPlan plan, string filePath, WriteWatch watch)
    {
        this.child = child;
        this.plan = plan;
        this.watch = watch;
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
        var watch = new WriteWatch();
        var command = new ChildCommand
        {
            Name = "ffmpeg",
            Executable = ffmpeg,
            Arguments = RecordingArguments.ForRecording(plan, encoder, filePath),
            WritesInput = true,
            ReadyTimeout = LongestWrite,
            StallLimit = () => watch.IsWriting ? LongestWrite : TimeSpan.FromDays(1),
            StopGrace = TimeSpan.FromSeconds(10),
        };
        return new FfmpegRecordingFile(await startAsync(command).ConfigureAwait(false), plan, filePath, watch);
    }

    public bool Takes(Frame frame) => true;

    public async Task WriteAsync(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        child.Progress();
        watch.IsWriting = true;
        try
        {
            if (begin is null)
            {
                begin = frame.Metadata.SensorTimestamp;
                await child.Input.WriteAsync(MatroskaWriter.Header(plan.Size, plan.FrameDuration)).ConfigureAwait(false);
            }

            MatroskaWriter.FrameHeader(frame.Metadata.SensorTimestamp - begin.Value, frame.Jpeg.Length, header);
            await child.Input.WriteAsync(header).ConfigureAwait(false);
            await child.Input.WriteAsync(frame.Jpeg).ConfigureAwait(false);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // ffmpeg has ended; why, it says by itself.
            throw await FfmpegFailure.OfAsync(child).ConfigureAwait(false);
        }
        finally
        {
            watch.IsWriting = false;
            child.Progress();
        }
    }

    public async Task<long> EndAsync()
    {
        watch.IsWriting = true;
        child.Progress();
        await child.Input.DisposeAsync().ConfigureAwait(false);
        var frames = await counting.ConfigureAwait(false);
        await child.Ended.ConfigureAwait(false);
        return child.ExitCode == 0 ? frames : throw await FfmpegFailure.OfAsync(child).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private async Task<long> CountAsync() => (await FfmpegProgress.ReadAsync(child, _ => { }, CancellationToken.None).ConfigureAwait(false)).Frames;

    private sealed class WriteWatch
    {
        private volatile bool isWriting;

        public bool IsWriting
        {
            get => isWriting;
            set => isWriting = value;
        }
    }
}
