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
/// <param name="helper">The camera at the board's own connector by the camera helper, with every control live.</param>
/// <param name="rpicam">The same by rpicam-vid, where the helper is missing or does not fit.</param>
/// <param name="look">Finds webcams.</param>
/// <param name="webcam">Opens the webcam at a path.</param>
internal sealed class FoundCamera(
    BoardModel board, Func<ICamera> helper, Func<ICamera> rpicam, Func<IReadOnlyList<V4l2Sighting>> look, Func<string, ICamera> webcam) : ICamera
{
    private volatile ICamera? found;
    private volatile IReadOnlyList<Reason> passedOver = [];

    public string Description => found?.Description ?? "the first camera found";

    public IReadOnlyList<Reason> PassedOver => passedOver;

    public async Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        found = null;
        var over = new List<Reason>();
        passedOver = [];
        var stream = await TryAsync(helper()).ConfigureAwait(false);

        // Where libcamera sees no camera, rpicam-vid sees none either: it goes by libcamera.
        if (stream is null && !over.Contains(CameraLoss.NotConnected))
        {
            stream = await TryAsync(rpicam()).ConfigureAwait(false);
        }

        return stream ?? await OpenWebcamAsync().ConfigureAwait(false);

        async Task<ICameraStream?> TryAsync(ICamera camera)
        {
            try
            {
                var opened = await camera.OpenAsync(controls, version, cancellationToken).ConfigureAwait(false);
                found = camera;
                return opened;
            }
            catch (CameraLostException lost) when (IsNotThere(lost.Reason))
            {
                over.Add(lost.Reason);
                passedOver = [.. over];
                return null;
            }

            // Every other reason (busy, no permission, a failure) is one to put right, not to look elsewhere.
        }

        Task<ICameraStream> OpenWebcamAsync()
        {
            var sightings = look();
            if (sightings.FirstOrDefault(device => device.Identity is { } identity && WebcamRules.Refuse(identity) is null) is not { } chosen)
            {
                // The one sentence says it all.
                passedOver = [];
                throw new CameraLostException(CameraLoss.NoneFound(string.Join("; ", Tried(over, sightings))));
            }

            var picked = webcam(chosen.Path);
            found = picked;
            return picked.OpenAsync(controls, version, cancellationToken);
        }
    }

    private static bool IsNotThere(Reason why) =>
        why == CameraLoss.NotConnected || why == CameraLoss.RpicamMissing
        || why.Code == CameraLoss.HelperMissing("").Code || why.Code == CameraLoss.HelperOutdated("").Code;

    private IEnumerable<string> Tried(List<Reason> over, IReadOnlyList<V4l2Sighting> sightings)
    {
        yield return $"{board.Name}'s own camera connector: {string.Join(" ", over.Select(why => why.English)).TrimEnd('.')}";
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
