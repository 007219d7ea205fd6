using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>A video file, played in a loop by one ffmpeg process. It has no controls.</summary>
public sealed class FfmpegCamera(FfmpegCameraOptions options, TimeProvider time, ILogger<FfmpegCamera> logger) : ICamera
{
    // ffmpeg opens a local file in a fraction of a second, also on a Pi; a picture every few seconds may be what the file holds.
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(10);

    private readonly string fileName = Path.GetFileName(options.Path);

    public string Description => $"video file {fileName}, looped by ffmpeg";

    public async Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Path))
        {
            throw new CameraLostException(CameraLoss.FileMissing(options.Path));
        }

        var rate = new FrameClock(time, ReadyTimeout);
        var command = new ChildCommand
        {
            Name = "ffmpeg",
            Executable = options.Executable,
            Arguments = FfmpegArguments.For(options),
            ReadyTimeout = ReadyTimeout,
            StallLimit = () => rate.StallLimit,
        };
        ChildProcess child;
        try
        {
            child = await ChildProcess.StartAsync(command, time, logger, cancellationToken).ConfigureAwait(false);
        }
        catch (ChildStartException exception)
        {
            throw new CameraLostException(CameraLoss.FileUnplayable(fileName, exception.Message), exception);
        }

        var stream = new FfmpegCameraStream(child, fileName, rate, version);
        try
        {
            await stream.WaitForFirstFrameAsync(cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
