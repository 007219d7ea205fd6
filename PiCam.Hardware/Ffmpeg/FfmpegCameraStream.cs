using System.IO.Pipelines;
using System.Threading.Channels;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>The pictures of one running ffmpeg.</summary>
internal sealed class FfmpegCameraStream : ICameraStream
{
    // Enough to bridge a pause of the reader; ffmpeg itself must never be held up, or its clock would run behind.
    private const int QueuedFrames = 4;

    private readonly ChildProcess child;
    private readonly string fileName;
    private readonly FrameClock clock;
    private readonly JpegSplitter splitter = new();
    private readonly Channel<Frame> frames;
    private readonly Task pumping;
    private long controlsVersion;
    private long overtaken;
    private long broken;
    private CameraCapabilities? capabilities;
    private volatile string endReason = "ffmpeg runs";

    public FfmpegCameraStream(ChildProcess child, string fileName, FrameClock clock, long version)
    {
        this.child = child;
        this.fileName = fileName;
        this.clock = clock;
        controlsVersion = version;
        frames = Channel.CreateBounded<Frame>(
            new BoundedChannelOptions(QueuedFrames) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true },
            _ => Interlocked.Increment(ref overtaken));
        pumping = PumpAsync();
    }

    public CameraCapabilities Capabilities => capabilities ?? throw new InvalidOperationException("No frame has come yet.");

    public long DroppedFrames => Interlocked.Read(ref overtaken) + Interlocked.Read(ref broken);

    /// <summary>ffmpeg's process id, for tests.</summary>
    internal int ProcessId => child.Id;

    public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await frames.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException exception)
        {
            throw Lost(exception.InnerException);
        }
    }

    public ValueTask ApplyAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (pumping.IsCompleted)
        {
            throw Lost(null);
        }

        // A file has no controls, so all of them are in force at once.
        Interlocked.Exchange(ref controlsVersion, version);
        return ValueTask.CompletedTask;
    }

    public ValueTask SetEncodingAsync(bool wanted, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        // The pump reads on until ffmpeg has closed its output: a full pipe would keep ffmpeg from hearing the SIGTERM.
        await child.StopAsync().ConfigureAwait(false);
        await pumping.ConfigureAwait(false);
        await child.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Waits until <see cref="Capabilities"/> are known.</summary>
    /// <exception cref="CameraLostException">ffmpeg ended without a picture.</exception>
    internal async Task WaitForFirstFrameAsync(CancellationToken cancellationToken)
    {
        if (!await frames.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false)
            || !frames.Reader.TryPeek(out var first))
        {
            throw Lost(null);
        }

        capabilities = new CameraCapabilities
        {
            Model = fileName,
            Source = "ffmpeg",
            Size = new PixelSize(first.Width, first.Height),
        };
    }

    private async Task PumpAsync()
    {
        Exception? fault = null;
        try
        {
            ReadResult result;
            do
            {
                result = await child.Output.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                var input = result.Buffer;
                while (splitter.Read(ref input) is { } picture)
                {
                    Publish(picture);
                }

                Interlocked.Exchange(ref broken, splitter.Dropped);
                child.Output.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted && !result.IsCanceled);
        }
#pragma warning disable CA1031 // Whatever it is, the reader learns of it below; unseen it would wait for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fault = exception;
            await child.StopAsync().ConfigureAwait(false);
        }

        // Closing its output is ffmpeg's last act; if it is not, the watchdog ends it.
        endReason = await child.Ended.ConfigureAwait(false);
        frames.Writer.Complete(fault);
    }

    private CameraLostException Lost(Exception? cause)
    {
        var why = cause?.Message ?? endReason ?? "";
        var reason = capabilities is null ? CameraLoss.FileUnplayable(fileName, why) : CameraLoss.FileEnded(fileName, why);
        return cause is null ? new CameraLostException(reason) : new CameraLostException(reason, cause);
    }

    private void Publish(JpegPicture picture)
    {
        child.Progress();
        var (sinceOpened, timestamp) = clock.Tick();
        var metadata = new FrameMetadata
        {
            SensorTimestamp = sinceOpened,
            ControlsVersion = Interlocked.Read(ref controlsVersion),
            FrameDuration = clock.FrameDuration,
        };
        frames.Writer.TryWrite(new Frame(picture.Jpeg, picture.Width, picture.Height, metadata, timestamp));
    }
}
