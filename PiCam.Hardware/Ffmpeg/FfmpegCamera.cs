using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Hardware.V4l2;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>A video file, a webcam or a network camera, through one ffmpeg process.</summary>
public sealed class FfmpegCamera : ICamera
{
    private readonly IFfmpegInput input;
    private readonly string executable;
    private readonly TimeProvider time;
    private readonly ILogger<FfmpegCamera> logger;

    /// <summary>The camera that <see cref="FfmpegCameraOptions.Path"/> names.</summary>
    public FfmpegCamera(FfmpegCameraOptions options, TimeProvider time, ILogger<FfmpegCamera> logger)
        : this(InputFor(options, logger), options.Executable, time, logger)
    {
    }

    internal FfmpegCamera(IFfmpegInput input, string executable, TimeProvider time, ILogger<FfmpegCamera> logger)
    {
        this.input = input;
        this.executable = executable;
        this.time = time;
        this.logger = logger;
    }

    public string Description => input.Description;

    /// <summary>How long ffmpeg runs on when nobody wants pictures any more; starting it takes a second or two.</summary>
    internal TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(10);

    public async Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stream = new FfmpegCameraStream(input.Open(), input.Words, executable, Linger, time, logger);
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

    private static IFfmpegInput InputFor(FfmpegCameraOptions options, ILogger logger) =>
        options.Path.StartsWith("/dev/", StringComparison.Ordinal)
            ? new WebcamInput(options, logger)
            : new VideoFileInput(options);
}
