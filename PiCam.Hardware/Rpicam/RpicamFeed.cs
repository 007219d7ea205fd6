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

    // What rpicam-still gives automatic exposure at least: some twenty frames.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.5);

    private volatile RpicamStillInfo still = new();
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

    public ChildCommand? StillCommand(CameraControls controls, StillRequest request)
    {
        if (camera.PixelArray is not { } array)
        {
            return null;
        }

        var program = RpicamProgram.StillPath(executable);
        if (SearchPath.Find(program) is null)
        {
            throw new StillFailedException(StillFailure.ProgramMissing(Path.GetFileName(program)));
        }

        (still, last, hint) = (new RpicamStillInfo(), null, null);
        var fitting = Fitting(controls);
        var isFixed = fitting is { ExposureTime: not null, AnalogueGain: not null, ColourGains: not null };
        return new ChildCommand
        {
            Name = Path.GetFileName(program),
            Executable = program,
            Arguments = RpicamArguments.ForStill(camera, fitting, Even(request.Size ?? array), request.Quality, isFixed ? null : Settling),
            ReadyTimeout = ReadyTimeout + Settling + (QueuedFrames * (fitting.ExposureTime ?? TimeSpan.Zero)),
            TakesLine = NoteStill,
        };
    }

    public Reason StillTrouble(string ended) => StillFailure.Failed((last ?? hint)?.English.TrimEnd('.') ?? ended);

    public FrameMetadata CompleteStill(FrameMetadata metadata) => still.Over(metadata);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IReadOnlyList<string> Arguments(CameraControls controls) => RpicamArguments.For(options, camera, Fitting(controls));

    /// <summary>An option or a value that the program does not know would end it, and stored controls may be another camera's.</summary>
    private CameraControls Fitting(CameraControls controls) =>
        CameraControlsRules.Fit(controls, RpicamCapabilities.From(camera, options, controls, controls.Size ?? options.Size));

    // The program refuses odd numbers.
    private static PixelSize Even(PixelSize size) => new(Math.Max(2, size.Width & ~1), Math.Max(2, size.Height & ~1));

    private bool NoteStill(string line) => still.Take(line) || Note(line);

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
