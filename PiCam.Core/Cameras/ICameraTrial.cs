namespace PiCam.Core.Cameras;

/// <summary>Tries whether a picture comes from a network camera or a video file, before anybody relies on it.</summary>
public interface ICameraTrial
{
    /// <summary>Opens it beside the camera that runs, waits some seconds for a picture, and closes it.</summary>
    /// <param name="path">An address or the path of a file, which the validators have taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why no picture came; null: one came.</returns>
    Task<Reason?> TryAsync(string path, CancellationToken cancellationToken);
}
