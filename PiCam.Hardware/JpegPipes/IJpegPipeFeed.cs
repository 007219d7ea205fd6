using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.JpegPipes;

/// <summary>One opening of a camera whose pictures a program writes on its standard output; the program may be started several times in it.</summary>
internal interface IJpegPipeFeed : IAsyncDisposable
{
    /// <summary>Why the program ended, as a clause, when that is known better than by the program itself.</summary>
    string? Failure => null;

    /// <summary>What to run for a desired state, without a limit for stalls; asked anew for every start.</summary>
    /// <exception cref="CameraLostException">It cannot be started; the message is a whole sentence.</exception>
    Task<ChildCommand> CommandAsync(CameraControls controls, CancellationToken cancellationToken);

    /// <summary>Whether the program must be started anew for the new state.</summary>
    bool Restarts(CameraControls from, CameraControls to);

    /// <summary>Puts in force what needs no other start.</summary>
    /// <returns>What is in force, as far as the camera says.</returns>
    /// <exception cref="CameraLostException">The camera is gone; the message is a whole sentence.</exception>
    Task<FrameMetadata> ApplyAsync(CameraControls controls, CancellationToken cancellationToken);

    /// <summary>What the camera can do, when its pictures have this size; asked anew for every start.</summary>
    CameraCapabilities Describe(PixelSize size);

    /// <summary>What takes a still while the program rests; null: the next picture of the program is the still.</summary>
    ChildCommand? StillCommand(CameraControls controls, StillRequest request) => null;

    /// <summary>Why the program that takes stills did not, given how it ended.</summary>
    Reason StillTrouble(string ended) => StillFailure.Failed(ended);

    /// <summary>Adds what the program that takes stills has said of the newest one.</summary>
    FrameMetadata CompleteStill(FrameMetadata metadata) => metadata;

    /// <summary>Adds what the program has said of the frame that has just come.</summary>
    FrameMetadata Complete(FrameMetadata metadata) => metadata;
}
