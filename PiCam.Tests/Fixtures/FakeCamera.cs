using System.Threading.Channels;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Tests.Fixtures;

/// <summary>
/// A camera that the test plays: it feeds the frames, chooses the capabilities, sees what was applied and makes the
/// camera fail to open or get lost.
/// </summary>
internal sealed class FakeCamera : ICamera
{
    /// <summary>The frame of a JPEG without a picture in it: nothing between the camera and the browser looks inside.</summary>
    public static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x04, 0x00, 0x00, 0xFF, 0xD9];

    private readonly Lock gate = new();
    private readonly List<(CameraControls Controls, long Version)> applied = [];
    private readonly List<(StillRequest Request, int Applied)> stills = [];
    private CameraLostException? openFailure;
    private ChannelWriter<Frame>? frames;
    private int opened;
    private int open;

    /// <summary>What the camera says of itself, also while it runs. By default an OV5647 at 720p with every control.</summary>
    public CameraCapabilities Capabilities { get; set; } = EveryControl;

    /// <summary>An OV5647 at 1280×720 that has every control (FACTS of the sensor: 2592×1944, gain to 16, 53.5° × 41.4°).</summary>
    public static CameraCapabilities EveryControl { get; } = new()
    {
        Model = "OV5647 (fake)",
        Source = "fake",
        Size = new(1280, 720),
        MountedUpright = true,
        StillSize = new(2592, 1944),
        SensorSize = new(2592, 1944),
        SensorModes = [new(new(1296, 972), 43.3, new(0, 0, 2592, 1944))],
        SensorMode = new(new(1296, 972), 43.3, new(0, 0, 2592, 1944)),
        HorizontalFieldOfView = 53.5,
        VerticalFieldOfView = 31.7,
        ExposureTime = new(TimeSpan.FromMicroseconds(100), TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(10)),
        AnalogueGain = new(1, 16, 1),
        ExposureValue = new(-8, 8, 0),
        AwbModes = [AwbMode.Auto, AwbMode.Tungsten, AwbMode.Daylight, AwbMode.Cloudy],
        AeExposureModes = [AeExposureMode.Normal, AeExposureMode.Short, AeExposureMode.Long],
        AeMeteringModes = [AeMeteringMode.CentreWeighted, AeMeteringMode.Spot, AeMeteringMode.Matrix],
        AeConstraintModes = [AeConstraintMode.Normal, AeConstraintMode.Highlight],
        AeFlickerModes = [AeFlickerMode.Off, AeFlickerMode.Hz50, AeFlickerMode.Hz60],
        ColourGains = new(0, 32, 1),
        ColourTemperature = new(2500, 8600, 5000),
        Brightness = new(-1, 1, 0),
        Contrast = new(0, 32, 1),
        Saturation = new(0, 32, 1),
        Sharpness = new(0, 16, 1),
        NoiseReductionModes = [NoiseReductionMode.Fast, NoiseReductionMode.Off, NoiseReductionMode.HighQuality],
        AfModes = [AfMode.Continuous, AfMode.Auto, AfMode.Manual],
        AfRanges = [AfRange.Normal, AfRange.Macro, AfRange.Full],
        LensPosition = new(0, 32, 1),
        HdrModes = [HdrMode.Off, HdrMode.SingleExposure],
        Sizes = [new(640, 360), new(1280, 720), new(1920, 1080)],
        Quality = new(1, 100, 80),
        Flips = true,
        FrameRate = new(0.1, 43.3, 30),
        ScalerCropMaximum = new(0, 243, 2592, 1458),
        ScalerCropMinimum = new(324, 182),
    };

    /// <summary>A camera without any control, such as a looped file.</summary>
    public static CameraCapabilities NoControls { get; } = new()
    {
        Model = "loop.mp4 (fake)",
        Source = "fake",
        Size = new(1280, 720),
    };

    public string Description => "fake camera";

    public IReadOnlyList<Reason> PassedOver { get; set; } = [];

    /// <summary>What a running stream says that its latest restart cost.</summary>
    public TimeSpan? RestartGap { get; set; }

    /// <summary>How often the camera was opened with success.</summary>
    public int Opened => Volatile.Read(ref opened);

    /// <summary>What was handed to the camera, on opening and later, in order.</summary>
    public IReadOnlyList<(CameraControls Controls, long Version)> Applied
    {
        get
        {
            lock (gate)
            {
                return [.. applied];
            }
        }
    }

    /// <summary>Whether a stream is open.</summary>
    public bool IsOpen => Volatile.Read(ref open) > 0;

    /// <summary>Whether pictures are wanted, as the running stream was last told.</summary>
    public bool Encoding { get; private set; } = true;

    /// <summary>Whether pictures of half the size are wanted, as the running stream was last told.</summary>
    public bool EncodingHalf { get; private set; }

    /// <summary>Takes a still; by default at once, as large as asked, and with the controls that were handed over last.</summary>
    public Func<StillRequest, CancellationToken, Task<Frame>>? TakesStill { get; set; }

    /// <summary>The stills that were asked of the camera, in order, each with how many states of the controls it had been handed by then.</summary>
    public IReadOnlyList<(StillRequest Request, int Applied)> Stills
    {
        get
        {
            lock (gate)
            {
                return [.. stills];
            }
        }
    }

    /// <summary>True: frames say that the newest applied controls are in force. False: they never confirm anything.</summary>
    public bool ConfirmsControls { get; set; } = true;

    /// <summary>What the stream says it has dropped.</summary>
    public long Dropped { get; set; }

    /// <summary>Makes opening fail with <paramref name="why"/>; null heals it.</summary>
    public void RefuseToOpen(Reason? why)
    {
        lock (gate)
        {
            openFailure = why is null ? null : new CameraLostException(why);
        }
    }

    public Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (openFailure is not null)
            {
                return Task.FromException<ICameraStream>(openFailure);
            }

            applied.Add((controls, version));
            var fed = Channel.CreateUnbounded<Frame>();
            frames = fed.Writer;
            (Encoding, EncodingHalf) = (true, false);
            Interlocked.Increment(ref opened);
            Interlocked.Increment(ref open);
            return Task.FromResult<ICameraStream>(new FakeCameraStream(this, fed));
        }
    }

    /// <summary>Makes the running stream deliver a frame; a camera that is not open drops it.</summary>
    /// <param name="jpeg">The picture; null: <see cref="Jpeg"/>.</param>
    /// <param name="metadata">Null: what a camera in the newest applied state would say.</param>
    /// <returns>What the frame says.</returns>
    public FrameMetadata Send(byte[]? jpeg = null, FrameMetadata? metadata = null)
    {
        lock (gate)
        {
            metadata ??= Metadata();
            frames?.TryWrite(new Frame(jpeg ?? Jpeg, Capabilities.Size.Width, Capabilities.Size.Height, metadata, TimeProvider.System.GetTimestamp()));
            return metadata;
        }
    }

    /// <summary>Ends the running stream as if the camera had died.</summary>
    public void Lose(string message)
    {
        lock (gate)
        {
            frames?.TryComplete(new CameraLostException(message));
        }
    }

    /// <summary>What a still is when nothing else is arranged.</summary>
    public Frame Still(StillRequest request)
    {
        var size = request.Size ?? Capabilities.StillSize ?? Capabilities.Size;
        lock (gate)
        {
            return new Frame(Jpeg, size.Width, size.Height, Metadata(request), TimeProvider.System.GetTimestamp());
        }
    }

    private Task<Frame> TakeStillAsync(StillRequest request, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            stills.Add((request, applied.Count));
        }

        return TakesStill?.Invoke(request, cancellationToken) ?? Task.FromResult(Still(request));
    }

    private void Apply(CameraControls controls, long version)
    {
        lock (gate)
        {
            applied.Add((controls, version));
        }
    }

    private FrameMetadata Metadata(StillRequest? still = null)
    {
        var (controls, version) = ConfirmsControls && applied.Count > 0 ? applied[^1] : (CameraControls.Automatic, 0);
        controls = still?.On(controls) ?? controls;
        return new FrameMetadata
        {
            ControlsVersion = version,
            ExposureTime = controls.ExposureTime ?? TimeSpan.FromMilliseconds(10),
            AnalogueGain = controls.AnalogueGain ?? 2,
            ColourGains = controls.ColourGains ?? new ColourGains(1.5, 1.6),
            FrameDuration = TimeSpan.FromSeconds(1 / (controls.FrameRate ?? 30)),
            ScalerCrop = controls.ScalerCrop ?? Capabilities.ScalerCropMaximum,
            LensPosition = controls.AfMode == AfMode.Manual ? controls.LensPosition : null,
            AeLocked = true,
        };
    }

    /// <summary>Sends frames until the panel calls the camera live.</summary>
    public async Task GoLiveAsync(CameraSession session, CancellationToken cancellationToken)
    {
        FrameMetadata? last = null;
        await Eventually.TrueAsync(
            () =>
            {
                last = Send();
                return session.State.Condition == CameraCondition.Live;
            },
            "the camera is live",
            cancellationToken);

        // Until the session has taken in every one of them: who reads next would get those that still lie there.
        await ArrivedAsync(session, last!, cancellationToken);
    }

    /// <summary>Returns when the session has taken in a frame, known by what it says: the picture itself is forgotten as soon as its last reader has gone.</summary>
    public static Task ArrivedAsync(CameraSession session, FrameMetadata sent, CancellationToken cancellationToken) =>
        Eventually.TrueAsync(() => ReferenceEquals(session.State.Actual, sent), "the frame is published", cancellationToken);

    private sealed class FakeCameraStream(FakeCamera camera, Channel<Frame> frames)
        : ICameraStream
    {
        private bool disposed;

        public CameraCapabilities Capabilities => camera.Capabilities;

        public long DroppedFrames => camera.Dropped;

        public TimeSpan? RestartGap => camera.RestartGap;

        public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await frames.Reader.ReadAsync(cancellationToken);
            }
            catch (ChannelClosedException e)
            {
                throw e.InnerException as CameraLostException ?? new CameraLostException("The fake camera was closed.");
            }
        }

        public ValueTask ApplyAsync(CameraControls controls, long version, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            camera.Apply(controls, version);
            return ValueTask.CompletedTask;
        }

        public ValueTask SetEncodingAsync(bool wanted, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            camera.Encoding = wanted;
            return ValueTask.CompletedTask;
        }

        public ValueTask SetHalfAsync(bool wanted, CancellationToken cancellationToken)
        {
            camera.EncodingHalf = wanted;
            return ValueTask.CompletedTask;
        }

        public Task<Frame> CaptureAsync(StillRequest request, CancellationToken cancellationToken) =>
            camera.TakeStillAsync(request, cancellationToken);

        public ValueTask DisposeAsync()
        {
            frames.Writer.TryComplete();
            if (!disposed)
            {
                disposed = true;
                Interlocked.Decrement(ref camera.open);
            }

            return ValueTask.CompletedTask;
        }
    }
}
