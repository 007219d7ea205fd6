namespace PiCam.Core.Cameras;

/// <summary>Why there is no camera, in words for the person at the page.</summary>
public static class CameraLoss
{
    public static Reason NotStarted { get; } = new("The camera has not started yet.", "camera.notStarted");

    public static Reason NoPictureYet { get; } = new("The camera has not delivered a picture yet.", "camera.noPictureYet");

    /// <summary>It is off by the privacy switch.</summary>
    public static Reason Private { get; } = new("The camera is switched off by the privacy switch.", "camera.private");

    /// <summary>Somebody restarts it.</summary>
    public static Reason Restarting { get; } = new("The camera is being restarted.", "camera.restarting");

    /// <param name="error">What the driver said, in English.</param>
    public static Reason Failed(string error) => new($"The camera failed: {error}", "camera.failed", error);

    /// <param name="tried">What was looked for, each with its outcome.</param>
    public static Reason NoneFound(string tried) => new($"No camera found; tried: {tried}.", "camera.noneFound", tried);

    public static Reason FileMissing(string path) => new($"The video file {path} does not exist.", "camera.fileMissing", path);

    public static Reason FileUnplayable(string name, string error) =>
        new($"The video file {name} cannot be played: {error}.", "camera.fileUnplayable", name, error);

    public static Reason FileEnded(string name, string error) =>
        new($"The video file {name} is not played any more: {error}.", "camera.fileEnded", name, error);

    public static Reason WebcamUnopened(string path, string error) =>
        new($"The webcam {path} cannot be opened: {error}.", "camera.webcamUnopened", path, error);

    public static Reason WebcamLost(string path, string error) =>
        new($"The webcam {path} is lost: {error}.", "camera.webcamLost", path, error);

    public static Reason NetworkUnopened(string address, string error) =>
        new($"The network camera {address} cannot be opened: {error}.", "camera.networkUnopened", address, error);

    public static Reason NetworkLost(string address, string error) =>
        new($"The network camera {address} is lost: {error}.", "camera.networkLost", address, error);

    /// <summary>It was opened, and then nothing came.</summary>
    /// <param name="seconds">For so long it was waited for.</param>
    public static Reason Silent(string seconds) => new($"Nothing came within {seconds} s.", "camera.silent", seconds);

    /// <summary>libcamera sees no camera.</summary>
    public static Reason NotConnected { get; } = new(
        "No camera is connected. Check that its cable sits straight at both ends, contacts towards the connector, and restart the Pi.",
        "camera.notConnected");

    /// <summary>Another program holds it.</summary>
    public static Reason Busy { get; } = new(
        "Another program uses the camera. End it (rpicam-hello, rpicam-vid, motion, …); PiCam tries again by itself.", "camera.busy");

    /// <summary>The user may not open the devices.</summary>
    public static Reason Forbidden { get; } = new(
        "PiCam may not open the camera. Run: sudo usermod -aG video $USER, then restart PiCam.", "camera.forbidden");

    public static Reason Unplugged { get; } = new("The camera has gone. Check its cable.", "camera.unplugged");

    /// <param name="id">What Camera:Id says.</param>
    public static Reason NotOfThisId(string id) => new(
        $"There is no camera with the id {id}. picam-camera --list or rpicam-vid --list-cameras shows those that there are; Camera:Id chooses one.", "camera.notOfThisId", id);

    /// <param name="error">What does not fit.</param>
    public static Reason HelperOutdated(string error) => new(
        $"The camera helper does not fit this system's libcamera: {error}. Run build-camera again.", "camera.helperOutdated", error);

    /// <param name="error">What the helper said, in English.</param>
    public static Reason ChangeRefused(string error) => new($"The camera does not take this and goes on as before: {error}.", "camera.changeRefused", error);

    /// <param name="error">Which program is missing.</param>
    public static Reason HelperMissing(string error) => new(
        $"The camera helper is not there: {error}. Run build-camera once.", "camera.helperMissing", error);

    /// <param name="error">What happened, in English.</param>
    public static Reason HelperFailed(string error) => new($"The camera helper failed: {error}.", "camera.helperFailed", error);

    /// <summary>Neither rpicam-vid nor libcamera-vid is there.</summary>
    public static Reason RpicamMissing { get; } = new("rpicam-vid is not installed. Run: sudo apt install rpicam-apps.", "camera.rpicamMissing");

    /// <param name="error">What happened, in English.</param>
    public static Reason RpicamFailed(string error) => new($"rpicam-vid failed: {error}.", "camera.rpicamFailed", error);
}
