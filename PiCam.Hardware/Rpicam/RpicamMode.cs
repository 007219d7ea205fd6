using PiCam.Core.Cameras;

namespace PiCam.Hardware.Rpicam;

/// <summary>One way of reading the sensor, as rpicam-vid lists and takes it.</summary>
/// <param name="Size">Pixels delivered.</param>
/// <param name="BitDepth">Bits of a raw pixel.</param>
/// <param name="MaximumFrameRate">Frames per second.</param>
/// <param name="Crop">The part of the pixel array that it sees; null: not known (another program has the camera).</param>
internal sealed record RpicamMode(PixelSize Size, int BitDepth, double MaximumFrameRate, PixelRectangle? Crop)
{
    /// <summary>The smallest mode that holds a stream of a size, else the largest; the one asked for goes before.</summary>
    public static RpicamMode? For(IReadOnlyList<RpicamMode> modes, PixelSize stream, PixelSize? asked) =>
        modes.FirstOrDefault(mode => mode.Size == asked)
        ?? modes.Where(mode => mode.Size.Width >= stream.Width && mode.Size.Height >= stream.Height).MinBy(Pixels)
        ?? Largest(modes);

    /// <summary>The one with most pixels.</summary>
    public static RpicamMode? Largest(IReadOnlyList<RpicamMode> modes) => modes.MaxBy(Pixels);

    private static long Pixels(RpicamMode mode) => (long)mode.Size.Width * mode.Size.Height;
}
