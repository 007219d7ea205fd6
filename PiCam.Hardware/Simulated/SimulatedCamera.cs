using PiCam.Core.Cameras;

namespace PiCam.Hardware.Simulated;

/// <summary>
/// A camera made of arithmetic: an OV5647 on a turning mount in a painted harbour. Exposure, gain, colour, zoom and aim act on
/// its picture as on a real one, and its metadata is true to its pixels.
/// </summary>
public sealed class SimulatedCamera : ICamera
{
    private readonly SimulatedCameraOptions options;
    private readonly SimulatedMount mount;
    private readonly TimeProvider time;
    private int open;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public SimulatedCamera(SimulatedCameraOptions options, SimulatedMount mount, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (this.options, this.mount, this.time) = (options, mount, time);
    }

    /// <inheritdoc/>
    public string Description => $"simulated OV5647, {options.Width}×{options.Height}";

    /// <inheritdoc/>
    /// <exception cref="CameraLostException">It is open already, as a real camera can be only once.</exception>
    public async Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(controls);
        if (Interlocked.Exchange(ref open, 1) != 0)
        {
            throw new CameraLostException("The simulated camera is already in use.");
        }

        try
        {
            // On the pool: a home view may have to be painted first.
            return await Task.Run(
                () => new SimulatedCameraStream(options, Scene.Instance, mount, time, controls, version, () => Volatile.Write(ref open, 0)),
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Volatile.Write(ref open, 0);
            throw;
        }
    }
}
