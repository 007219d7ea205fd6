using PiCam.Core.Cameras;

namespace PiCam.Tests.Fixtures;

/// <summary>A machine with the cameras that the test gives it.</summary>
internal sealed class FakeCameraFinder(params DetectedCamera[] cameras) : ICameraFinder
{
    public Task<IReadOnlyList<DetectedCamera>> FindAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DetectedCamera>>(cameras);
}
