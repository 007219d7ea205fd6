using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Hardware.Boards;
using PiCam.Hardware.V4l2;

namespace PiCam.Hardware.Cameras;

/// <summary>
/// The board's own camera if there is one, else the first webcam, as they are when the camera is opened, so that one may be
/// plugged in later. Never the simulated one: a made-up picture where a real one is expected would be a lie.
/// </summary>
/// <param name="board">What board it is.</param>
/// <param name="own">The camera at the board's own connector; null: there is no helper to open it with.</param>
/// <param name="look">Finds webcams.</param>
/// <param name="webcam">Opens the webcam at a path.</param>
internal sealed class FoundCamera(
    BoardModel board, Func<ICamera?> own, Func<IReadOnlyList<V4l2Sighting>> look, Func<string, ICamera> webcam) : ICamera
{
    private volatile ICamera? found;

    public string Description => found?.Description ?? "the first camera found";

    public async Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        found = null;
        Reason? why = null;
        if (own() is { } camera)
        {
            try
            {
                var stream = await camera.OpenAsync(controls, version, cancellationToken).ConfigureAwait(false);
                found = camera;
                return stream;
            }
            catch (CameraLostException lost) when (lost.Reason == CameraLoss.NotConnected)
            {
                why = lost.Reason;
            }

            // Every other reason (busy, no permission, a helper that does not fit) is one to put right, not to look elsewhere.
        }

        var sightings = look();
        if (sightings.FirstOrDefault(device => device.Identity is { } identity && WebcamRules.Refuse(identity) is null) is { } chosen)
        {
            var picked = webcam(chosen.Path);
            found = picked;
            return await picked.OpenAsync(controls, version, cancellationToken).ConfigureAwait(false);
        }

        throw new CameraLostException(CameraLoss.NoneFound(string.Join("; ", Tried(why, sightings))));
    }

    private IEnumerable<string> Tried(Reason? why, IReadOnlyList<V4l2Sighting> sightings)
    {
        yield return why is null
            ? $"{board.Name}'s own camera connector: the camera helper is not installed (run build-camera once)"
            : $"{board.Name}'s own camera connector: {why.English.Split('.')[0]}";
        if (sightings.Count == 0)
        {
            yield return "webcams: there is no /dev/video*";
        }

        // A Pi has a dozen devices that are none; one clause for those of a kind.
        foreach (var group in sightings.GroupBy(device => device.Identity is { } identity ? WebcamRules.Refuse(identity) : device.Error))
        {
            yield return $"{string.Join(", ", group.Select(device => device.Path))}: {group.Key}";
        }

        yield return "Camera:Source can be ffmpeg, with a Camera:Path, or simulated";
    }
}
