using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Libcamera;

/// <summary>A Raspberry Pi camera through libcamera, by our own helper process: every control acts while the picture runs.</summary>
internal sealed class LibcameraCamera(LibcameraCameraOptions options, TimeProvider time, ILogger<LibcameraCamera> logger) : ICamera
{
    private volatile string? model;

    public string Description => model is { } known ? $"{known} by libcamera" : "a Raspberry Pi camera by libcamera";

    public async Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stream = new LibcameraStream(options, time, logger);
        try
        {
            await stream.StartAsync(controls, version, cancellationToken).ConfigureAwait(false);
            model = stream.Capabilities.Model;
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
