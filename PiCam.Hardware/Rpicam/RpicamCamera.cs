using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Hardware.JpegPipes;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Rpicam;

/// <summary>
/// A Raspberry Pi camera through Raspberry Pi's own rpicam-vid, where PiCam's camera helper is not built. It cannot change a
/// control while it runs, so each change starts it anew. It encodes always, so it rests while nobody wants pictures.
/// </summary>
internal sealed class RpicamCamera(RpicamCameraOptions options, TimeProvider time, ILogger<RpicamCamera> logger) : ICamera
{
    // Every sensor mode is configured once for the list.
    private static readonly TimeSpan ListTimeout = TimeSpan.FromSeconds(20);

    // A camera at the board's connector cannot be changed while the board runs; its list takes seconds that a loss need not.
    private volatile RpicamListing? known;

    public string Description => known is { } camera ? $"{camera.Model.ToUpperInvariant()} by rpicam-vid" : "a Raspberry Pi camera by rpicam-vid";

    /// <summary>How long rpicam-vid runs on when nobody wants pictures any more; starting it takes a second or two.</summary>
    internal TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(10);

    public async Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var executable = RpicamProgram.Find(options.Executable) ?? throw new CameraLostException(CameraLoss.RpicamMissing);
        var camera = known ?? await LookAsync(executable, cancellationToken).ConfigureAwait(false);
        known = null;
        var feed = new RpicamFeed(executable, options, camera);
        var stream = new JpegPipeStream(feed, feed.Words, Linger, time, logger);
        try
        {
            await stream.StartAsync(controls, version, cancellationToken).ConfigureAwait(false);
            known = camera;
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<RpicamListing> LookAsync(string executable, CancellationToken cancellationToken)
    {
        string list;
        try
        {
            var command = new ChildCommand
            {
                Name = Path.GetFileName(executable),
                Executable = executable,
                Arguments = RpicamArguments.List,
                ReadyTimeout = ListTimeout,
            };
            list = await ChildAnswer.ReadAsync(command, time, logger, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ChildStartException or ChildFailedException)
        {
            throw new CameraLostException(CameraLoss.RpicamFailed(exception.Message), exception);
        }

        var cameras = RpicamListing.Parse(list);
        if (cameras.Count == 0)
        {
            throw new CameraLostException(RpicamTroubles.NoCamera());
        }

        return options.Id is { } id
            ? cameras.FirstOrDefault(camera => camera.Id == id) ?? throw new CameraLostException(CameraLoss.NotOfThisId(id))
            : cameras[0];
    }
}
