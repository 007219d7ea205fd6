using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.JpegPipes;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Rpicam;

/// <summary>One opening of a camera by rpicam-vid, which takes its controls as arguments: nearly every change starts it anew.</summary>
internal sealed class RpicamFeed(string executable, RpicamCameraOptions options, RpicamListing camera) : IJpegPipeFeed
{
    // libcamera looks at every sensor mode first when a frame rate is given; that takes some seconds on a slow board.
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(20);

    // The frames in the camera's queue pass before the first picture.
    private const int QueuedFrames = 8;

    private volatile RpicamInfo? newest;
    private volatile Reason? last;
    private volatile Reason? hint;
    private volatile CameraControls inForce = CameraControls.Automatic;

    /// <summary>What rpicam-vid or libcamera said goes before how the process ended.</summary>
    public JpegPipeWords Words => new(Why, Why);

    public Task<ChildCommand> CommandAsync(CameraControls controls, CancellationToken cancellationToken)
    {
        (newest, last, hint) = (null, null, null);
        return Task.FromResult(new ChildCommand
        {
            Name = Path.GetFileName(executable),
            Executable = executable,
            Arguments = Arguments(controls),
            ReadyTimeout = ReadyTimeout + (QueuedFrames * (RpicamArguments.FrameDuration(Fitting(controls)) ?? TimeSpan.Zero)),
            TakesLine = Note,
        });
    }

    public bool Restarts(CameraControls from, CameraControls to) => !Arguments(from).SequenceEqual(Arguments(to));

    /// <summary>What was handed over is in force as long as no line of rpicam-vid says another; a zoom it never tells.</summary>
    public Task<FrameMetadata> ApplyAsync(CameraControls controls, CancellationToken cancellationToken)
    {
        var fitting = Fitting(controls);
        inForce = fitting;
        return Task.FromResult(new FrameMetadata
        {
            ExposureTime = fitting.ExposureTime,
            AnalogueGain = fitting.AnalogueGain,
            ColourGains = fitting.ColourGains,
            LensPosition = fitting.AfMode == AfMode.Manual ? fitting.LensPosition : null,
            ScalerCrop = fitting.ScalerCrop,
        });
    }

    public CameraCapabilities Describe(PixelSize size) => RpicamCapabilities.From(camera, options, inForce, size);

    public FrameMetadata Complete(FrameMetadata metadata)
    {
        // It goes on: what libcamera complained of before was none of the reasons to end.
        hint = null;
        return newest?.Over(metadata) ?? metadata;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IReadOnlyList<string> Arguments(CameraControls controls) => RpicamArguments.For(options, camera, Fitting(controls));

    /// <summary>An option or a value that the program does not know would end it, and stored controls may be another camera's.</summary>
    private CameraControls Fitting(CameraControls controls) =>
        CameraControlsRules.Fit(controls, RpicamCapabilities.From(camera, options, controls, controls.Size ?? options.Size));

    private bool Note(string line)
    {
        if (RpicamInfo.Parse(line) is { } info)
        {
            newest = info;
            return true;
        }

        last = RpicamTroubles.Last(line, options.Id) ?? last;
        hint = RpicamTroubles.Hint(line) ?? hint;
        return RpicamTroubles.IsChatter(line);
    }

    private Reason Why(string ended) => last ?? hint ?? CameraLoss.RpicamFailed(ended);
}
