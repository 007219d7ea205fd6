using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>Makes the pictures of one size and sensor mode. Not thread safe.</summary>
internal sealed class PictureMaker : IDisposable
{
    private readonly ViewRenderer renderer;
    private readonly SKBitmap bitmap;

    public PictureMaker(CameraCapabilities capabilities, Scene scene, SceneTexture front)
    {
        Capabilities = capabilities;
        renderer = new ViewRenderer(capabilities, scene, front);
        bitmap = new SKBitmap(new SKImageInfo(
            capabilities.Size.Width, capabilities.Size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
    }

    /// <summary>What the camera can do while it makes these pictures.</summary>
    public CameraCapabilities Capabilities { get; }

    /// <inheritdoc cref="ViewRenderer.Measure"/>
    public FrameStatistics Measure(SensorSettings settings, PanTilt aim) => renderer.Measure(settings, aim);

    /// <summary>Draws one frame.</summary>
    /// <param name="settings">What the sensor uses.</param>
    /// <param name="aim">Degrees; where the camera points.</param>
    /// <param name="noiseSeed">Chooses the noise.</param>
    public FrameStatistics Render(SensorSettings settings, PanTilt aim, ulong noiseSeed) =>
        renderer.Render(settings, aim, noiseSeed, bitmap.GetPixelSpan());

    /// <summary>The frame that was drawn last, as JPEG.</summary>
    /// <param name="quality">1 to 100.</param>
    public byte[] Encode(int quality)
    {
        using var pixels = bitmap.PeekPixels();
        using var jpeg = pixels.Encode(new SKJpegEncoderOptions(quality))
            ?? throw new CameraLostException("The simulated camera could not encode its picture.");
        return jpeg.ToArray();
    }

    public void Dispose() => bitmap.Dispose();
}
