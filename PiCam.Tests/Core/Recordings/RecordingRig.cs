using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Media;
using PiCam.Core.Privacy;
using PiCam.Core.Recordings;
using PiCam.Core.Settings;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;
using PiCam.Core.Stills.Templates;
using PiCam.Core.Viewing;
using PiCam.Hardware.Recordings;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Recordings;

/// <summary>A recorder with the real ffmpeg and a real library, on a camera whose every frame the test sends, at a sensor's time that the test says.</summary>
internal sealed class RecordingRig : IAsyncDisposable
{
    public const int Width = 320;
    public const int Height = 180;

    private static readonly SKColor Ground = new(40, 80, 120);

    private readonly FrameSubscription? viewer;
    private readonly Viewers viewers;
    private IDisposable? page;
    private readonly FfmpegRecordingEncoder ffmpeg;

    private RecordingRig(LibraryRig library, string program, bool isWatched)
    {
        Library = library;
        Camera.Capabilities = FakeCamera.EveryControl with { Size = new(Width, Height) };
        Session = new CameraSession(Camera, new FakeSetup(), new PrivacySwitch(Store, library.Time), Store, library.Time, NullLogger<CameraSession>.Instance);
        ffmpeg = new FfmpegRecordingEncoder(program, TimeProvider.System, NullLogger<FfmpegRecordingEncoder>.Instance);
        Stamp = new PictureStamp(Store);
        Parts = NewParts();
        viewers = new Viewers(library.Time);
        Recorder = new Recorder(Session, Parts, viewers, Store, library.Time, NullLogger<Recorder>.Instance);
        viewer = isWatched ? Session.Frames.Subscribe() : null;
        page = isWatched ? viewers.Enter(Callers.Viewer, ViewerKind.Page) : null;
    }

    public FakeCamera Camera { get; } = new();

    public MemorySettingsStore Store { get; } = new();

    public LibraryRig Library { get; }

    public CameraSession Session { get; }

    public PictureStamp Stamp { get; }

    public RecordingParts Parts { get; }

    public Recorder Recorder { get; }

    public IRecordingEncoder Encoder => ffmpeg;

    /// <summary>The times of all frames that were sent, in order.</summary>
    public List<TimeSpan> Sent { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts, and waits until the camera is live.</summary>
    /// <param name="data">A data folder that outlasts the rig; null: one of its own.</param>
    /// <param name="time">Null: the real clock.</param>
    /// <param name="ffmpeg">Which.</param>
    /// <param name="isWatched">Whether a page shows the picture, so that the ring fills.</param>
    public static async Task<RecordingRig> StartAsync(string? data = null, TimeProvider? time = null, string ffmpeg = "ffmpeg", bool isWatched = true)
    {
        var rig = new RecordingRig(await LibraryRig.StartAsync(data, time ?? TimeProvider.System), ffmpeg, isWatched);
        await rig.Session.StartAsync(Token);
        await Eventually.TrueAsync(() => rig.Camera.IsOpen, "the camera is open", Token);
        await rig.Recorder.StartAsync(Token);
        await rig.SendAsync([TimeSpan.Zero]);
        rig.Session.Frames.Clear();
        rig.Sent.Clear();
        return rig;
    }

    /// <summary>Where the bar of a picture begins, in pixels from its left edge.</summary>
    public static int BarAt(int number) => number * 5 % Width;

    /// <summary>One of many pictures that all differ: a bar at a place of its own.</summary>
    public static byte[] Picture(int number)
    {
        using var bitmap = new SKBitmap(Width, Height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(Ground);
        using var paint = new SKPaint { Color = SKColors.Orange };
        canvas.DrawRect(BarAt(number), 20, 30, 120, paint);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
        return data.ToArray();
    }

    /// <summary>A picture that no encoder can make small.</summary>
    public static byte[] Noise(int number)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        new Random(number).NextBytes(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    /// <summary>A frame of which nothing is known.</summary>
    public static Frame Frame(int number) => new(Picture(number), Width, Height, new FrameMetadata(), 0);

    /// <summary>What is known of such a frame for its stamp: nothing.</summary>
    public static StampValues Values { get; } = new() { Name = "", Time = default };

    /// <summary>How much a frame of a film differs from a stamp on the ground of <see cref="Picture"/>, at the stamp's box: the mean of all points, 0 to 255.</summary>
    /// <param name="shown">Red, green and blue, row by row.</param>
    /// <param name="size">Of the frame.</param>
    /// <param name="png">The stamp.</param>
    /// <param name="top">Where it lies.</param>
    public static double Difference(byte[] shown, PixelSize size, byte[] png, int top)
    {
        using var stamp = SKBitmap.Decode(png);
        var (sum, points) = (0.0, 0);
        for (var y = 0; y < stamp.Height; y++)
        {
            for (var x = 0; x < stamp.Width; x++)
            {
                var colour = stamp.GetPixel(x, y);
                if (colour.Alpha > 0)
                {
                    sum += Math.Abs(shown[((((top + y) * size.Width) + x) * 3) + 1] - ((colour.Green * colour.Alpha) + (Ground.Green * (255 - colour.Alpha))) / 255.0);
                    points++;
                }
            }
        }

        return sum / points;
    }

    /// <summary>The page is closed, while a program goes on reading.</summary>
    public void ClosePage() => page?.Dispose();

    /// <summary>It is opened again.</summary>
    public void OpenPage() => page = viewers.Enter(Callers.Viewer, ViewerKind.Page);

    /// <summary>Sends frames at these times, and returns when the session has them.</summary>
    public Task SendAsync(params IEnumerable<TimeSpan> times) => SendAsync(times, Picture);

    /// <summary>The same, of <see cref="Noise"/>.</summary>
    public Task SendNoiseAsync(params IEnumerable<TimeSpan> times) => SendAsync(times, Noise);

    private async Task SendAsync(IEnumerable<TimeSpan> times, Func<int, byte[]> picture)
    {
        foreach (var time in times)
        {
            Sent.Add(time);
            Camera.Send(picture(Sent.Count), new FrameMetadata { SensorTimestamp = time, FrameDuration = TimeSpan.FromSeconds(1.0 / 30) });
        }

        var last = Sent[^1];
        await Eventually.TrueAsync(() => Session.State.Actual?.SensorTimestamp == last, "the frames have come", Token);
    }

    /// <summary>Frames thirty times a second, unless a step is given.</summary>
    public static IEnumerable<TimeSpan> Times(double from, int count, double step = 1.0 / 30) =>
        Enumerable.Range(0, count).Select(i => TimeSpan.FromMicroseconds(Math.Round((from + (i * step)) * 1e6)));

    public async Task<MediaItem[]> StopAsync()
    {
        Recorder.Stop(Callers.Operator);
        return await EndAsync();
    }

    /// <summary>What was recorded, oldest first.</summary>
    public async Task<MediaItem[]> EndAsync()
    {
        await Recorder.WhenIdleAsync(Token);
        return [.. (await Library.AllAsync()).Select(entry => entry.Item).Reverse()];
    }

    public string File(MediaItem item) => Path.Combine(Library.Media, item.Path);

    /// <summary>Those of another run on the same library.</summary>
    public RecordingParts NewParts()
    {
        var gimbal = new Gimbal(Options.Create(new GimbalOptions()), TimeProvider.System, NullLogger<Gimbal>.Instance, null);
        ISettingsStore store = Library.Settings;
        return new RecordingParts(
            ffmpeg, Library.Films, Library.Library, Library.Storage, Stamp, new PictureContext(Session, new CameraName(Store), gimbal, new PresetBook(gimbal, Session, Store), Library.Time), store,
            Library.Time, NullLogger<RecordingParts>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        viewer?.Dispose();
        page?.Dispose();
        await Recorder.StopAsync(CancellationToken.None);
        await Session.StopAsync(CancellationToken.None);
        Session.Dispose();
        ffmpeg.Dispose();
        await Library.DisposeAsync();
    }
}
