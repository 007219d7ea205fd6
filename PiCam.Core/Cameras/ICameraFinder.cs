namespace PiCam.Core.Cameras;

/// <summary>Looks which cameras are there.</summary>
public interface ICameraFinder
{
    /// <summary>Those that are there now; what cannot be asked is left out. Takes seconds.</summary>
    Task<IReadOnlyList<DetectedCamera>> FindAsync(CancellationToken cancellationToken);
}
