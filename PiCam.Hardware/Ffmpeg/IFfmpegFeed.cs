using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>One opening of an <see cref="IFfmpegInput"/>; ffmpeg may be started several times in it.</summary>
internal interface IFfmpegFeed : IAsyncDisposable
{
    /// <summary>How long ffmpeg may take to the first picture.</summary>
    TimeSpan ReadyTimeout { get; }

    /// <summary>Texts in the arguments that must not come out in a reason or a log.</summary>
    IReadOnlyList<string> Secrets { get; }

    /// <summary>Why ffmpeg ended, as a clause, when that is known better than by ffmpeg itself.</summary>
    string? Failure { get; }

    /// <summary>ffmpeg's arguments for a desired state; asked anew for every start.</summary>
    /// <exception cref="CameraLostException">It cannot be started; the message is a whole sentence.</exception>
    Task<IReadOnlyList<string>> ArgumentsAsync(CameraControls controls, CancellationToken cancellationToken);

    /// <summary>Whether ffmpeg needs other arguments for the new state.</summary>
    bool Restarts(CameraControls from, CameraControls to);

    /// <summary>Puts what needs no other arguments in force.</summary>
    /// <returns>What is in force, as far as the camera says.</returns>
    /// <exception cref="CameraLostException">The camera is gone; the message is a whole sentence.</exception>
    Task<FrameMetadata> ApplyAsync(CameraControls controls, CancellationToken cancellationToken);

    /// <summary>What the camera can do, when its pictures have this size.</summary>
    CameraCapabilities Describe(PixelSize size);
}
