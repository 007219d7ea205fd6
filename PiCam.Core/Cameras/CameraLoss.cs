namespace PiCam.Core.Cameras;

/// <summary>Why there is no camera, in words for the person at the page.</summary>
public static class CameraLoss
{
    public static Reason NotStarted { get; } = new("The camera has not started yet.", "camera.notStarted");

    public static Reason NoPictureYet { get; } = new("The camera has not delivered a picture yet.", "camera.noPictureYet");

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
}
