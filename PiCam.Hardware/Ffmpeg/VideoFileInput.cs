using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.JpegPipes;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>A video file, played in a loop. It has no controls.</summary>
internal sealed class VideoFileInput(FfmpegCameraOptions options) : IFfmpegInput, IJpegPipeFeed
{
    private readonly string fileName = Path.GetFileName(options.Path);

    public string Description => $"video file {fileName}, looped by ffmpeg";

    public JpegPipeWords Words =>
        new(error => CameraLoss.FileUnplayable(fileName, error), error => CameraLoss.FileEnded(fileName, error));

    public IJpegPipeFeed Open() => File.Exists(options.Path)
        ? this
        : throw new CameraLostException(CameraLoss.FileMissing(options.Path));

    public Task<ChildCommand> CommandAsync(CameraControls controls, CancellationToken cancellationToken) =>
        // ffmpeg opens a local file in a fraction of a second, also on a Pi; a picture every few seconds may be what the file holds.
        Task.FromResult(options.Command(FfmpegArguments.ForFile(options), TimeSpan.FromSeconds(10)));

    public bool Restarts(CameraControls from, CameraControls to) => false;

    public Task<FrameMetadata> ApplyAsync(CameraControls controls, CancellationToken cancellationToken) =>
        Task.FromResult(new FrameMetadata());

    public CameraCapabilities Describe(PixelSize size) => new() { Model = fileName, Source = "ffmpeg", Size = size };

    /// <summary>Nothing to do: ffmpeg alone has the file open.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
