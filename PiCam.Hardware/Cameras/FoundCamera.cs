using PiCam.Core.Cameras;
using PiCam.Hardware.Boards;
using PiCam.Hardware.V4l2;

namespace PiCam.Hardware.Cameras;

/// <summary>
/// The first webcam that is there when the camera is opened, so that one may be plugged in later. Never the simulated one: a
/// made-up picture where a real one is expected would be a lie.
/// </summary>
internal sealed class FoundCamera(BoardModel board, Func<IReadOnlyList<V4l2Sighting>> look, Func<string, ICamera> webcam) : ICamera
{
    private volatile ICamera? found;

    public string Description => found?.Description ?? "the first webcam found";

    public Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        var sightings = look();
        if (sightings.FirstOrDefault(device => device.Identity is { } identity && WebcamRules.Refuse(identity) is null) is { } chosen)
        {
            var camera = webcam(chosen.Path);
            found = camera;
            return camera.OpenAsync(controls, version, cancellationToken);
        }

        found = null;
        return Task.FromException<ICameraStream>(new CameraLostException(CameraLoss.NoneFound(string.Join("; ", Tried(sightings)))));
    }

    private IEnumerable<string> Tried(IReadOnlyList<V4l2Sighting> sightings)
    {
        yield return $"{board.Name}'s own camera connector: no driver for it is built in yet";
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
