using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Recordings;

/// <summary>Gives an ffmpeg frames, each with its time: its standard input reads as <see cref="MatroskaWriter"/> writes.</summary>
internal sealed class FrameFeed
{
    // How long ffmpeg may take for a frame before it counts as hung; a busy card may hold a write for seconds. Between frames it has all the time.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    // The live film needs no card, and pages that stand still wait for it; once ffmpeg has started, which on a small board takes seconds.
    private static readonly TimeSpan LongestLiveWrite = TimeSpan.FromSeconds(5);
    private const int FramesToStart = 10;

    private readonly ChildProcess child;
    private readonly RecordingPlan plan;
    private readonly Watch watch;
    private readonly byte[] header = new byte[MatroskaWriter.FrameHeaderLength];
    private TimeSpan? begin;

    private FrameFeed(ChildProcess child, RecordingPlan plan, Watch watch) => (this.child, this.plan, this.watch) = (child, plan, watch);

    /// <summary>Starts an ffmpeg and feeds it.</summary>
    /// <param name="command">Which; who feeds it knows how long it may take.</param>
    /// <param name="plan">How its film is made.</param>
    /// <param name="startAsync">Starts it.</param>
    /// <returns>ffmpeg, which the caller stops, and what feeds it.</returns>
    /// <exception cref="RecordingFailedException">ffmpeg cannot be started.</exception>
    public static async Task<(ChildProcess Child, FrameFeed Feed)> StartAsync(ChildCommand command, RecordingPlan plan, Func<ChildCommand, Task<ChildProcess>> startAsync)
    {
        var watch = new Watch();
        var child = await startAsync(command with
        {
            WritesInput = true,
            ReadyTimeout = LongestWrite,
            StallLimit = () => !watch.IsWaiting ? TimeSpan.FromDays(1) : plan.Live is not null && watch.Taken >= FramesToStart ? LongestLiveWrite : LongestWrite,
        }).ConfigureAwait(false);
        return (child, new FrameFeed(child, plan, watch));
    }

    /// <summary>Gives it all frames until the camera begins anew, and ends.</summary>
    /// <exception cref="RecordingFailedException">ffmpeg takes no more.</exception>
    public static async Task CopyAsync(FrameFeed feed, IAsyncEnumerable<Frame> frames, CancellationToken cancellationToken)
    {
        Frame? last = null;
        await foreach (var frame in frames.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (last is not null && !frame.Follows(last))
            {
                // Perhaps in another size: that is another film.
                break;
            }

            await feed.WriteAsync(frame).ConfigureAwait(false);
            last = frame;
        }

        await feed.EndAsync().ConfigureAwait(false);
    }

    /// <exception cref="RecordingFailedException">ffmpeg takes no more.</exception>
    /// <exception cref="Core.Media.MediaStorageException">The disk does not.</exception>
    public async Task WriteAsync(Frame frame)
    {
        child.Progress();
        watch.IsWaiting = true;
        try
        {
            if (begin is null)
            {
                begin = frame.Metadata.SensorTimestamp;
                await child.Input.WriteAsync(MatroskaWriter.Header(plan.Size, plan.FrameDuration, plan.Stamp?.Size)).ConfigureAwait(false);
            }

            var time = Marked(frame.Metadata.SensorTimestamp - begin.Value);
            if (plan.Stamp?.Draw(frame) is { } stamp)
            {
                MatroskaWriter.StampHeader(time, stamp.Length, header);
                await child.Input.WriteAsync(header).ConfigureAwait(false);
                await child.Input.WriteAsync(stamp).ConfigureAwait(false);
            }

            MatroskaWriter.FrameHeader(time, frame.Jpeg.Length, header);
            await child.Input.WriteAsync(header).ConfigureAwait(false);
            await child.Input.WriteAsync(frame.Jpeg).ConfigureAwait(false);
            watch.Taken++;
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // ffmpeg has ended; why, it says by itself.
            throw await FfmpegFailure.OfRecordingAsync(child).ConfigureAwait(false);
        }
        finally
        {
            watch.IsWaiting = false;
            child.Progress();
        }
    }

    /// <summary>There are no more; from here on ffmpeg's end is waited for.</summary>
    public async Task EndAsync()
    {
        watch.IsWaiting = true;
        child.Progress();
        await child.Input.DisposeAsync().ConfigureAwait(false);
    }

    // ffmpeg takes no commands for its encoder, but can choose key frames by their times: those of an odd number of microseconds.
    private TimeSpan Marked(TimeSpan time)
    {
        if (plan.Live is not { } live)
        {
            return time;
        }

        // The first is one by itself. With an odd time ffmpeg, which begins to count there, would take all even ones for odd.
        var microseconds = (time.Ticks / TimeSpan.TicksPerMicrosecond) & ~1L;
        return TimeSpan.FromMicroseconds(microseconds + (live.TakeKey() && microseconds > 0 ? 1 : 0));
    }

    private sealed class Watch
    {
        private volatile bool isWaiting;
        private volatile int taken;

        /// <summary>Whether ffmpeg is waited for now.</summary>
        public bool IsWaiting
        {
            get => isWaiting;
            set => isWaiting = value;
        }

        /// <summary>Frames that ffmpeg has taken.</summary>
        public int Taken
        {
            get => taken;
            set => taken = value;
        }
    }
}
