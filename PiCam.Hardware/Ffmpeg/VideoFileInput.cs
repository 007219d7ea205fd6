using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>A video file, played in a loop. It has no controls.</summary>
internal sealed class VideoFileInput(FfmpegCameraOptions options) : IFfmpegInput, IFfmpegFeed
{
    private readonly string fileName = Path.GetFileName(options.Path);

    public string Description => $"video file {fileName}, looped by ffmpeg";

    public FfmpegWords Words =>
        new(error => CameraLoss.FileUnplayable(fileName, error), error => CameraLoss.FileEnded(fileName, error));

    // ffmpeg opens a local file in a fraction of a second, also on a Pi; a picture every few seconds may be what the file holds.
    public TimeSpan ReadyTimeout => TimeSpan.FromSeconds(10);

    public IReadOnlyList<string> Secrets => [];

    public string? Failure => null;

    public IFfmpegFeed Open() => File.Exists(options.Path)
        ? this
        : throw new CameraLostException(CameraLoss.FileMissing(options.Path));

    public Task<IReadOnlyList<string>> ArgumentsAsync(CameraControls controls, CancellationToken cancellationToken) =>
        Task.FromResult(FfmpegArguments.ForFile(options));

    public bool Restarts(CameraControls from, CameraControls to) => false;

    public Task<FrameMetadata> ApplyAsync(CameraControls controls, CancellationToken cancellationToken) =>
        Task.FromResult(new FrameMetadata());

    public CameraCapabilities Describe(PixelSize size) => new() { Model = fileName, Source = "ffmpeg", Size = size };

    /// <summary>Nothing to do: ffmpeg alone has the file open.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
