using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.JpegPipes;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.V4l2;

/// <summary>An opened webcam: ffmpeg streams from it, and its controls are set through a descriptor of our own meanwhile.</summary>
internal sealed partial class WebcamFeed : IJpegPipeFeed
{
    // More than that costs a Pi and its network dearly and shows little.
    private const double MaximumFrameRate = 30;

    // A USB camera may take seconds to wake, and up to 5 s for its first picture in the dark.
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(15);

    private readonly V4l2Device device;
    private readonly FfmpegCameraOptions options;
    private readonly ILogger logger;
    private readonly IReadOnlyList<V4l2Format> formats;
    private readonly V4l2Adjustments adjustments;
    private readonly Dictionary<V4l2ControlId, int> written = [];

    public WebcamFeed(V4l2Device device, FfmpegCameraOptions options, ILogger logger)
    {
        this.device = device;
        this.options = options;
        this.logger = logger;
        formats = device.Formats();
        adjustments = new V4l2Adjustments(device.Controls);
    }

    private PixelSize Maximum => new(options.MaximumWidth, options.MaximumHeight);

    public Task<ChildCommand> CommandAsync(CameraControls controls, CancellationToken cancellationToken)
    {
        var mode = Mode(controls);
        var arguments = FfmpegArguments.ForDevice(
            options,
            options.Path,
            mode?.Format switch
            {
                { IsJpeg: true } => "mjpeg",
                { FourCc: "YUYV" } => "yuyv422",
                _ => null,
            },
            mode?.Size,
            mode is null ? null : device.FrameRate(mode.Format, mode.Size, MaximumFrameRate),
            IsCopied(mode),
            (int)(controls.Quality ?? options.Quality));
        return Task.FromResult(options.Command(arguments, ReadyTimeout));
    }

    public bool Restarts(CameraControls from, CameraControls to) =>
        Mode(from) != Mode(to) || (from.Quality != to.Quality && !IsCopied(Mode(to)));

    public Task<FrameMetadata> ApplyAsync(CameraControls controls, CancellationToken cancellationToken) =>
        // A call to a USB device takes milliseconds, and seconds when the device hangs.
        Task.Run(() => Apply(controls), cancellationToken);

    public CameraCapabilities Describe(PixelSize size) => adjustments.Describe(new CameraCapabilities
    {
        Model = device.Identity.Card,
        Source = "ffmpeg",
        Size = size,
        Sizes = V4l2Mode.Choices(formats, Maximum),
        Quality = formats.Any(format => format.IsJpeg) ? null : new(1, 100, options.Quality),
    });

    public ValueTask DisposeAsync()
    {
        device.Dispose();
        return ValueTask.CompletedTask;
    }

    private V4l2Mode? Mode(CameraControls controls) => V4l2Mode.Choose(formats, Maximum, controls.Size);

    private bool IsCopied(V4l2Mode? mode) =>
        mode is { Format.IsJpeg: true } && mode.Size.Width <= options.MaximumWidth && mode.Size.Height <= options.MaximumHeight;

    private FrameMetadata Apply(CameraControls controls)
    {
        try
        {
            foreach (var (id, value) in adjustments.For(controls))
            {
                if (!written.TryGetValue(id, out var last) || last != value)
                {
                    Write(id, value);
                }
            }

            return adjustments.ReadBack(controls, device.Get);
        }
        catch (V4l2Exception exception) when (exception.IsGone)
        {
            throw new CameraLostException(CameraLoss.WebcamLost(options.Path, exception.Message), exception);
        }
        catch (V4l2Exception exception)
        {
            // The picture goes on; what is in force nobody can say.
            LogRefused(options.Path, exception.Message);
            return new FrameMetadata();
        }
    }

    private void Write(V4l2ControlId id, int value)
    {
        try
        {
            device.Set(id, value);
            written[id] = value;
            if (id is V4l2ControlId.ExposureAuto or V4l2ControlId.AutoGain or V4l2ControlId.AutoWhiteBalance)
            {
                // The device moved these while it chose them itself.
                written.Remove(V4l2ControlId.ExposureAbsolute);
                written.Remove(V4l2ControlId.Gain);
                written.Remove(V4l2ControlId.WhiteBalanceTemperature);
            }
        }
        catch (V4l2Exception exception) when (!exception.IsGone)
        {
            // Webcams list controls that they refuse in some state or other. The rest must still be set.
            LogRefused(options.Path, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The webcam {Path} refused a control: {Reason}")]
    private partial void LogRefused(string path, string reason);
}
