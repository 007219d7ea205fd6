using Microsoft.Extensions.Logging;
using PiCam.Core.Frames;
using PiCam.Core.Media;

namespace PiCam.Core.Recordings;

/// <summary>One recording: every frame from before its beginning to its end, in one file or several.</summary>
internal sealed partial class RecordingRun
{
    // Frames that wait for a slow encoder or disk; at 720p about twenty seconds. What is more is lost, and said to be.
    private const long MostWaitingBytes = 64_000_000;

    // At the highest rate of an encoder 3 MB are written between two looks at the disk: less than is kept free for the rest.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // A file that failed is followed by another one; but not for ever. So many in a row.
    private const int MostFailures = 3;

    private readonly FrameQueue queue;
    private readonly RecordingParts parts;
    private readonly Func<RecordingSettings> settings;
    private readonly Func<int> turn;
    private readonly string by;
    private readonly ILogger logger;
    private readonly Action<RecordingRun, Func<RecorderState, RecorderState>, bool> report;
    private RecordingPart? part;
    private TimeSpan lookedAt;
    private TimeSpan elapsed;
    private long frames;
    private long unwritten;
    private long finishedBytes;
    private int begun;
    private int failures;

    /// <param name="hub">Where the frames come from; from now on, and from what its ring has.</param>
    /// <param name="parts">Makes the files.</param>
    /// <param name="settings">How it records, as people want it by now.</param>
    /// <param name="turn">How the camera's picture is turned by now, as one of Exif's orientations.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="logger">Learns of what failed.</param>
    /// <param name="report">Takes a change of the state, and whether it is more than that it has gone on.</param>
    public RecordingRun(
        FrameHub hub, RecordingParts parts, Func<RecordingSettings> settings, Func<int> turn, string by, ILogger logger,
        Action<RecordingRun, Func<RecorderState, RecorderState>, bool> report)
    {
        queue = hub.Queue(long.MaxValue, MostWaitingBytes, withRing: true);
        this.parts = parts;
        this.settings = settings;
        this.turn = turn;
        this.by = by;
        this.logger = logger;
        this.report = report;
    }

    /// <summary>Takes no more frames; those that came are written.</summary>
    public void End() => queue.Complete();

    /// <summary>Writes every frame until <see cref="End"/>; returns when the last file is in the library. Does not throw.</summary>
    public async Task WriteAsync()
    {
        using (queue)
        {
            await foreach (var frame in queue.ReadAllAsync().ConfigureAwait(false))
            {
                if (!await TryWriteAsync(frame).ConfigureAwait(false))
                {
                    queue.Complete();
                    break;
                }
            }

            await FinishAsync().ConfigureAwait(false);
            if (queue.Lost + unwritten is > 0 and var lost)
            {
                report(this, s => s with { Frames = frames, Lost = lost, Fault = s.Fault ?? RecordingFault.Lost($"{lost}") }, true);
            }
        }
    }

    /// <returns>Whether it is worth going on.</returns>
    private async Task<bool> TryWriteAsync(Frame frame)
    {
        try
        {
            if (part?.EndsBefore(frame, parts.Epoch, settings(), turn()) == true)
            {
                await FinishAsync().ConfigureAwait(false);
                if (failures == MostFailures)
                {
                    unwritten++;
                    return false;
                }
            }

            part ??= await BeginAsync(frame).ConfigureAwait(false);
            DemandRoom(frame);
            await part.WriteAsync(frame).ConfigureAwait(false);
            frames++;
            var now = part;
            report(
                this,
                s => s with
                {
                    Elapsed = elapsed + now.Duration,
                    Frames = frames,
                    Bytes = finishedBytes + now.File.Bytes,
                    Lost = queue.Lost + unwritten,
                },
                false);
            return true;
        }
        catch (ReasonException failed)
        {
            unwritten++;
            LogFailed(failed);

            // However its file ends: it is one that failed.
            var before = failures;
            await FinishAsync().ConfigureAwait(false);
            failures = before + 1;
            report(this, s => s with { Fault = Why(failed) }, true);
            return failed is not MediaStorageException && failures < MostFailures;
        }
    }

    // It ends while the rest of the panel, and its own end, still have room on the disk.
    private void DemandRoom(Frame frame)
    {
        var now = frame.Metadata.SensorTimestamp;
        if ((now - lookedAt).Duration() >= LookInterval)
        {
            lookedAt = now;
            parts.DemandRoom();
        }
    }

    private async Task<RecordingPart> BeginAsync(Frame frame)
    {
        var made = await parts.BeginAsync(frame, settings(), turn(), by).ConfigureAwait(false);
        begun++;
        report(
            this,
            s => s with
            {
                Parts = begun,
                Since = s.Since ?? parts.TakenAt(frame),
                Format = made.Plan.Format,
                Fault = s.Fault ?? made.Shortcoming,
            },
            true);
        return made;
    }

    /// <summary>Ends the present file, and takes what is in it into the library.</summary>
    private async Task FinishAsync()
    {
        if (part is not { } ending)
        {
            return;
        }

        part = null;
        try
        {
            var item = await parts.FinishAsync(ending).ConfigureAwait(false);
            elapsed += ending.Duration;
            frames -= ending.Missing;
            unwritten += ending.Missing;
            finishedBytes += item.Bytes;
            failures = 0;
            report(this, s => s with { MediaIds = [.. s.MediaIds, item.Id], Bytes = finishedBytes }, true);
        }
        catch (ReasonException failed)
        {
            frames -= ending.Frames;
            unwritten += ending.Frames;
            LogFailed(failed);
            failures++;
            report(this, s => s with { Fault = Why(failed) }, true);
        }
    }

    private Reason Why(ReasonException failed) =>
        failed is RecordingFailedException && failures == MostFailures ? RecordingFault.GivenUp(failed.Reason.English.TrimEnd('.')) : failed.Reason;

    [LoggerMessage(LogLevel.Error, "A recording's file failed")]
    private partial void LogFailed(Exception exception);
}
