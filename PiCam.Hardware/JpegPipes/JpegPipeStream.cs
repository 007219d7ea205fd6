using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.JpegPipes;

/// <summary>
/// The pictures of a camera whose program writes JPEGs (ffmpeg, rpicam-vid). While nobody wants any, after a while no program
/// runs: then <see cref="ReadAsync"/> waits, and the first who wants one starts it again. A change that the running program
/// cannot take starts it anew; <see cref="RestartGap"/> says what that cost.
/// </summary>
internal sealed partial class JpegPipeStream : ICameraStream
{
    // Enough to bridge a pause of the reader; the program itself must never be held up, or its clock would run behind.
    private const int QueuedFrames = 4;

    private readonly IJpegPipeFeed feed;
    private readonly JpegPipeWords words;
    private readonly TimeSpan linger;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly FrameClock clock;
    private readonly Channel<Frame> frames;

    // Starting and stopping the program, one at a time: the session and the lingering both do.
    private readonly SemaphoreSlim gate = new(1, 1);
    private CancellationTokenSource keepRunning = new();
    private Task lingering = Task.CompletedTask;
    private JpegPipeRun? run;
    private TaskCompletionSource firstPicture = new();
    private CameraControls controls = CameraControls.Automatic;
    private FrameMetadata inForce = new();
    private volatile CameraCapabilities? capabilities;
    private volatile CameraLostException? lost;
    private long overtaken;
    private long brokenBefore;
    private long lastArrival;
    private long gapBegan;
    private long restartGapTicks;
    private bool disposed;

    public JpegPipeStream(
        IJpegPipeFeed feed, JpegPipeWords words, TimeSpan linger, TimeProvider time, ILogger logger)
    {
        this.feed = feed;
        this.words = words;
        this.linger = linger;
        this.time = time;
        this.logger = logger;
        clock = new FrameClock(time);
        frames = Channel.CreateBounded<Frame>(
            new BoundedChannelOptions(QueuedFrames) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref overtaken));
    }

    public CameraCapabilities Capabilities => capabilities ?? throw new InvalidOperationException("No frame has come yet.");

    public long DroppedFrames =>
        Interlocked.Read(ref overtaken) + Interlocked.Read(ref brokenBefore) + (Volatile.Read(ref run)?.Dropped ?? 0);

    public TimeSpan? RestartGap => Interlocked.Read(ref restartGapTicks) is > 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await frames.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            ThrowIfLost();
            throw;
        }
    }

    public async ValueTask ApplyAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfLost();
            var restarts = run is not null && feed.Restarts(this.controls, controls);
            if (restarts)
            {
                // A program that has only just been started is not ended before its first picture, from which the gap is counted.
                await firstPicture.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                await StopRunAsync().ConfigureAwait(false);
                gapBegan = lastArrival;
            }

            await PutInForceAsync(controls, version, cancellationToken).ConfigureAwait(false);
            if (restarts)
            {
                await StartRunAsync(cancellationToken).ConfigureAwait(false);

                // What changes meanwhile is one more change afterwards; a slider that is dragged would else end each
                // program before its first picture. The watchdog ends one that never gives any.
                await firstPicture.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask SetEncodingAsync(bool wanted, CancellationToken cancellationToken)
    {
        // Whoever lingers gives up, or has just stopped the program; then nobody but us holds the gate.
        await keepRunning.CancelAsync().ConfigureAwait(false);
        await lingering.ConfigureAwait(false);
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfLost();
            if (!wanted)
            {
                keepRunning.Dispose();
                keepRunning = new CancellationTokenSource();
                lingering = StopAfterLingeringAsync(keepRunning.Token);
            }
            else if (run is null)
            {
                await StartRunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
        {
            return;
        }

        await keepRunning.CancelAsync().ConfigureAwait(false);
        await lingering.ConfigureAwait(false);
        await StopRunAsync().ConfigureAwait(false);
        frames.Writer.TryComplete();
        await feed.DisposeAsync().ConfigureAwait(false);
        keepRunning.Dispose();
        gate.Dispose();
    }

    /// <summary>Starts the program; returns when the first picture has come.</summary>
    /// <exception cref="CameraLostException">It ended without one.</exception>
    internal async Task StartAsync(CameraControls desired, long version, CancellationToken cancellationToken)
    {
        await PutInForceAsync(desired, version, cancellationToken).ConfigureAwait(false);
        await StartRunAsync(cancellationToken).ConfigureAwait(false);
        if (!await frames.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ThrowIfLost();
        }
    }

    private async Task PutInForceAsync(CameraControls desired, long version, CancellationToken cancellationToken)
    {
        var metadata = await feed.ApplyAsync(desired, cancellationToken).ConfigureAwait(false);
        controls = desired;
        Volatile.Write(ref inForce, metadata with { ControlsVersion = version });
    }

    /// <summary>Call behind the gate.</summary>
    private async Task StartRunAsync(CancellationToken cancellationToken)
    {
        var command = await feed.CommandAsync(controls, cancellationToken).ConfigureAwait(false);
        try
        {
            clock.Restart(command.ReadyTimeout);
            firstPicture = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var child = await ChildProcess.StartAsync(command with { StallLimit = () => clock.StallLimit }, time, logger, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref run, new JpegPipeRun(child, Publish, End));
        }
        catch (ChildStartException exception)
        {
            throw new CameraLostException(words.CannotStart(exception.Message), exception);
        }
    }

    /// <summary>Call behind the gate, or when nobody else can be there any more.</summary>
    private async Task StopRunAsync()
    {
        if (run is not { } running)
        {
            return;
        }

        await running.DisposeAsync().ConfigureAwait(false);
        Volatile.Write(ref run, null);
        Interlocked.Add(ref brokenBefore, running.Dropped);
    }

    private async Task StopAfterLingeringAsync(CancellationToken cancelled)
    {
        await Task.Delay(linger, time, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (cancelled.IsCancellationRequested || lost is not null)
            {
                return;
            }

            await StopRunAsync().ConfigureAwait(false);

            // What nobody read is old by the time somebody does.
            while (frames.Reader.TryRead(out _))
            {
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private void Publish(JpegPicture picture)
    {
        var size = new PixelSize(picture.Width, picture.Height);
        var (sinceOpened, timestamp) = clock.Tick();
        var isFirst = !firstPicture.Task.IsCompleted;
        if (isFirst && gapBegan != 0)
        {
            Interlocked.Exchange(ref restartGapTicks, time.GetElapsedTime(gapBegan, timestamp).Ticks);
            gapBegan = 0;
        }

        lastArrival = timestamp;
        if (isFirst || capabilities?.Size != size)
        {
            capabilities = feed.Describe(size);
        }

        var metadata = Volatile.Read(ref inForce) with { SensorTimestamp = sinceOpened, FrameDuration = clock.FrameDuration };
        var frame = new Frame(picture.Jpeg, picture.Width, picture.Height, feed.Complete(metadata), timestamp);
        frames.Writer.TryWrite(frame);
        Interlocked.Exchange(ref next, null)?.TrySetResult(frame);
        firstPicture.TrySetResult();
    }

    private void End(string reason, Exception? fault)
    {
        var why = (capabilities is null ? words.CannotStart : words.HasEnded)(fault?.Message ?? feed.Failure ?? reason);
        lost = fault is null ? new CameraLostException(why) : new CameraLostException(why, fault);
        frames.Writer.TryComplete();
        firstPicture.TrySetResult();
        Interlocked.Exchange(ref next, null)?.TrySetException(new CameraLostException(why));
    }

    private void ThrowIfLost()
    {
        if (lost is { } cause)
        {
            // A fresh one for each caller: the same would gather all their stack traces.
            throw new CameraLostException(cause.Reason, cause);
        }
    }
}
