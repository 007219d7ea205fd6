using PiCam.Core.Cameras;

namespace PiCam.Hardware.Cameras;

/// <summary>Stands where a camera should be: opening it says what was looked for.</summary>
/// <param name="tried">What was tried, each with its outcome.</param>
public sealed class NoCamera(params IReadOnlyList<string> tried) : ICamera
{
    public string Description => "no camera";

    public Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken) =>
        Task.FromException<ICameraStream>(new CameraLostException(CameraLoss.NoneFound(string.Join("; ", tried))));
}
