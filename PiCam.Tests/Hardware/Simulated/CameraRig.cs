using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Simulated;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

/// <summary>A simulated camera on its mount, whose clock runs only while a frame is awaited.</summary>
internal sealed class CameraRig : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 18, 30, 0, TimeSpan.Zero);
    private readonly SimulatedMount mount;
    private long version = 1;

    private CameraRig(RigClock time, SimulatedMount mount, SimulatedCamera camera, ICameraStream stream)
    {
        (Time, this.mount, Camera, Stream) = (time, mount, camera, stream);
    }

    /// <summary>The light of the scene, white is neutral.</summary>
    public static ColourGains Neutral { get; } = ColourTemperatureCurve.Gains(SensorModel.SceneKelvin);

    /// <summary>Degrees; the middle of the test card.</summary>
    public static PanTilt CardCentre { get; } =
        new((TestCard.Centre(1, 2).Pan + TestCard.Centre(1, 3).Pan) / 2, (TestCard.Centre(1, 2).Tilt + TestCard.Centre(2, 2).Tilt) / 2);

    public RigClock Time { get; }

    public SimulatedCamera Camera { get; }

    public ICameraStream Stream { get; }

    /// <summary>Version 1 is the one that the camera was opened with.</summary>
    public long Version => version;

    public static async Task<CameraRig> OpenAsync(CameraControls controls, PanTilt aim = default, int width = 640, int seed = 1)
    {
        var time = new RigClock(Start);
        var mount = new SimulatedMount();
        var camera = new SimulatedCamera(
            new SimulatedCameraOptions { Width = width, Height = width * 9 / 16, Quality = 95, Seed = seed }, mount, time);
        mount.Turn(Axis.Pan, aim.Pan);
        mount.Turn(Axis.Tilt, aim.Tilt);
        return new CameraRig(time, mount, camera, await camera.OpenAsync(controls, 1, TestContext.Current.CancellationToken));
    }

    /// <summary>A camera that points at the test card; <see cref="Zoomed"/> fills the picture with it.</summary>
    public static Task<CameraRig> OpenAtCardAsync(CameraControls controls, int width = 640) => OpenAsync(controls, CardCentre, width);

    /// <summary>Fixed exposure and white balance; what is seen is then only the scene's doing.</summary>
    public static CameraControls Fixed(double milliseconds, double gain = 1, ColourGains? gains = null) => new()
    {
        ExposureTime = TimeSpan.FromMicroseconds(Math.Round(milliseconds * 1000)),
        AnalogueGain = gain,
        ColourGains = gains ?? Neutral,
    };

    /// <summary>The controls with the middle of the picture, four times as large.</summary>
    public CameraControls Zoomed(CameraControls controls)
    {
        var whole = Stream.Capabilities.ScalerCropMaximum!.Value;
        return controls with
        {
            ScalerCrop = new(whole.X + (whole.Width * 3 / 8), whole.Y + (whole.Height * 3 / 8), whole.Width / 4, whole.Height / 4),
        };
    }

    public void Aim(double pan, double tilt)
    {
        mount.Turn(Axis.Pan, pan);
        mount.Turn(Axis.Tilt, tilt);
    }

    public async Task ApplyAsync(CameraControls controls) =>
        await Stream.ApplyAsync(controls, ++version, TestContext.Current.CancellationToken);

    /// <summary>The next frame; the clock advances by milliseconds until it is there.</summary>
    public Task<Frame> ReadAsync() => FinishAsync(Stream.ReadAsync(TestContext.Current.CancellationToken).AsTask());

    /// <summary>Advances the clock until a read that is under way has its frame.</summary>
    public Task<Frame> FinishAsync(Task<Frame> pending) => Task.Run(
        async () =>
        {
            // On a thread of the pool the camera goes on inside Advance, so the clock stands while it draws.
            for (var i = 0; i < 60_000 && !pending.IsCompleted; i++)
            {
                Time.Advance(TimeSpan.FromMilliseconds(1));
            }

            return await pending;
        },
        TestContext.Current.CancellationToken);

    /// <summary>The next frames.</summary>
    public async Task<IReadOnlyList<Frame>> ReadAsync(int count)
    {
        var frames = new List<Frame>();
        while (frames.Count < count)
        {
            frames.Add(await ReadAsync());
        }

        return frames;
    }

    /// <summary>All frames of a span of the camera's time.</summary>
    public async Task<IReadOnlyList<Frame>> RunAsync(TimeSpan span)
    {
        var frames = new List<Frame>();
        for (var started = Time.GetTimestamp(); Time.GetElapsedTime(started) < span;)
        {
            frames.Add(await ReadAsync());
        }

        return frames;
    }

    /// <summary>Hands over controls and reads until a frame shows them.</summary>
    public async Task<Frame> ReadWithAsync(CameraControls controls)
    {
        await ApplyAsync(controls);
        Frame frame;
        do
        {
            frame = await ReadAsync();
        }
        while (frame.Metadata.ControlsVersion != version);
        return frame;
    }

    /// <summary>The frame's pixels, seen from where the mount points now.</summary>
    public Picture Decode(Frame frame) => new(frame, Stream.Capabilities, mount.Aim);

    public async Task<Picture> TakeAsync() => Decode(await ReadAsync());

    public async Task<Picture> TakeWithAsync(CameraControls controls) => Decode(await ReadWithAsync(controls));

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
