using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;

namespace PiCam.Hardware.Simulated;

/// <summary>A running simulated camera. The reader's own call draws the frame, once the clock says that it is complete.</summary>
internal sealed partial class SimulatedCameraStream : ICameraStream
{
    // A scene that nobody watches is metered twice a second while nothing has been set or aimed otherwise.
    private const int FramesMetered = 15;

    // A timer of the operating system counts in milliseconds; waiting for a part of one would spin.
    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);

    private readonly Lock gate = new();
    private readonly SimulatedCameraOptions options;
    private readonly SimulatedMount mount;
    private readonly TimeProvider time;
    private readonly Action closed;
    private readonly SceneAnimation animation;
    private readonly FrameTimeline timeline;
    private readonly long opened;
    private readonly Scene scene;
    private PictureMaker maker;
    private readonly CancellationTokenSource closing = new();
    private CancellationTokenSource waiting = new();
    private TimeSpan lastCompleted;
    private long dropped;
    private bool encoding = true;
    private (SensorSettings Settings, PanTilt Aim, FrameStatistics Statistics, long Index)? metered;
    private bool drawing;
    private bool disposed;

    public SimulatedCameraStream(
        SimulatedCameraOptions options, Scene scene, SimulatedMount mount, TimeProvider time, CameraControls controls, long version, Action closed)
    {
        (this.options, this.scene, this.mount, this.time, this.closed) = (options, scene, mount, time, closed);
        animation = new SceneAnimation(scene, options.LampPeriod);
        opened = time.GetTimestamp();
        timeline = new FrameTimeline(new PixelSize(options.Width, options.Height), options.Quality, controls, version, TimeSpan.Zero);
        maker = new PictureMaker(timeline.Capabilities, scene, animation.Texture);
    }

    /// <inheritdoc/>
    public CameraCapabilities Capabilities => Volatile.Read(ref maker).Capabilities;

    /// <inheritdoc/>
    public long DroppedFrames => Interlocked.Read(ref dropped);

    /// <inheritdoc/>
    public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan remaining;
            CancellationToken wake;
            lock (gate)
            {
                ThrowIfClosed();
                remaining = timeline.Due - Now();
                wake = waiting.Token;
            }

            if (remaining < TimerResolution)
            {
                return DrawNext(cancellationToken);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, wake);
            try
            {
                await Task.Delay(remaining, time, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The next frame is due at another time, or never: look again.
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(controls);
        cancellationToken.ThrowIfCancellationRequested();
        CancellationTokenSource? wake = null;
        lock (gate)
        {
            ThrowIfClosed();
            if (timeline.Apply(controls, version, Now()))
            {
                wake = waiting;
                waiting = new CancellationTokenSource();
            }
        }

        if (wake is not null)
        {
            await wake.CancelAsync().ConfigureAwait(false);
            wake.Dispose();
        }
    }

    /// <inheritdoc/>
    public ValueTask SetEncodingAsync(bool wanted, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Volatile.Write(ref encoding, wanted);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
        }

        await closing.CancelAsync().ConfigureAwait(false);
        ReleaseStill();
        await waiting.CancelAsync().ConfigureAwait(false);
        lock (gate)
        {
            if (!drawing)
            {
                Release();
            }
        }

        waiting.Dispose();
        closing.Dispose();
    }

    private Frame DrawNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (long Index, TimeSpan Completed, SensorSettings Settings, long Missed) taken;
        lock (gate)
        {
            ThrowIfClosed();
            taken = timeline.Take(Now());
            drawing = true;
        }

        try
        {
            Interlocked.Add(ref dropped, taken.Missed);
            return Draw(taken.Index, taken.Completed, taken.Settings);
        }
        finally
        {
            lock (gate)
            {
                drawing = false;
                if (disposed)
                {
                    Release();
                }
            }
        }
    }

    private Frame Draw(long index, TimeSpan completed, SensorSettings settings)
    {
        Fit(settings.Capabilities);
        var wanted = Volatile.Read(ref encoding);
        var statistics = wanted ? Render(index, completed, settings) : Measure(index, completed, settings);
        lock (gate)
        {
            timeline.Learn(settings, statistics, completed - lastCompleted);
            lastCompleted = completed;
        }

        return new Frame(
            wanted ? maker.Encode((int)(settings.Controls.Quality ?? options.Quality)) : [],
            settings.Capabilities.Size.Width,
            settings.Capabilities.Size.Height,
            settings.Describe(Timestamp(completed, settings), statistics),
            time.GetTimestamp());
    }

    /// <summary>Another size or sensor mode begins with the frame that is the first to have it.</summary>
    private void Fit(CameraCapabilities capabilities)
    {
        if (ReferenceEquals(capabilities, maker.Capabilities))
        {
            return;
        }

        var former = maker;
        Volatile.Write(ref maker, new PictureMaker(capabilities, scene, animation.Texture));
        former.Dispose();
    }

    private FrameStatistics Render(long index, TimeSpan completed, SensorSettings settings)
    {
        var begun = completed - settings.ExposureTime;
        animation.Expose(begun.TotalSeconds, settings.ExposureTime.TotalSeconds, time.GetLocalNow());
        var seed = ((ulong)(uint)options.Seed << 40) ^ (ulong)index;
        return maker.Render(settings, mount.Aim, NoiseTable.Next(ref seed));
    }

    private FrameStatistics Measure(long index, TimeSpan completed, SensorSettings settings)
    {
        var aim = mount.Aim;
        if (metered is { } last && last.Settings == settings && last.Aim == aim && index - last.Index < FramesMetered)
        {
            return last.Statistics;
        }

        animation.Shine((completed - settings.ExposureTime).TotalSeconds);
        var statistics = maker.Measure(settings, aim);
        metered = (settings, aim, statistics, index);
        return statistics;
    }

    private TimeSpan Timestamp(TimeSpan completed, SensorSettings settings) => time.GetElapsedTime(0, opened) + completed - settings.FrameDuration;

    private TimeSpan Now() => time.GetElapsedTime(opened);

    private void ThrowIfClosed()
    {
        if (disposed)
        {
            throw new CameraLostException("The simulated camera was closed.");
        }
    }

    private void Release()
    {
        maker.Dispose();
        animation.Dispose();
        closed();
    }
}
