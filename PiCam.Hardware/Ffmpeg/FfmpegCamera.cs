using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Hardware.JpegPipes;
using PiCam.Hardware.Network;
using PiCam.Hardware.V4l2;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>A video file, a webcam or a network camera, through one ffmpeg process.</summary>
public sealed class FfmpegCamera : ICamera
{
    private readonly IFfmpegInput input;
    private readonly TimeProvider time;
    private readonly ILogger<FfmpegCamera> logger;

    /// <summary>The camera that <see cref="FfmpegCameraOptions.Path"/> names.</summary>
    /// <exception cref="ArgumentException">The path is an address that is not allowed as one.</exception>
    public FfmpegCamera(FfmpegCameraOptions options, TargetGuard guard, TimeProvider time, ILogger<FfmpegCamera> logger)
        : this(InputFor(options, guard, logger), time, logger)
    {
    }

    internal FfmpegCamera(IFfmpegInput input, TimeProvider time, ILogger<FfmpegCamera> logger)
    {
        this.input = input;
        this.time = time;
        this.logger = logger;
    }

    public string Description => input.Description;

    /// <summary>How long ffmpeg runs on when nobody wants pictures any more; starting it takes a second or two.</summary>
    internal TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(10);

    public async Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stream = new JpegPipeStream(input.Open(), input.Words, Linger, time, logger);
        try
        {
            await stream.StartAsync(controls, version, cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static IFfmpegInput InputFor(FfmpegCameraOptions options, TargetGuard guard, ILogger logger)
    {
        if (StreamUrl.IsMeant(options.Path))
        {
            var url = StreamUrl.Parse(options.Path) ?? throw new ArgumentException($"The address is not {StreamUrl.Allowed}.", nameof(options));
            return new NetworkCameraInput(options, url, guard);
        }

        return options.Path.StartsWith("/dev/", StringComparison.Ordinal)
            ? new WebcamInput(options, logger)
            : new VideoFileInput(options);
    }
}
