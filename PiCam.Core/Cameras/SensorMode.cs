namespace PiCam.Core.Cameras;

/// <summary>One way of reading the sensor.</summary>
/// <param name="Size">Pixels delivered.</param>
/// <param name="MaximumFrameRate">Frames per second.</param>
/// <param name="Crop">The part of the sensor's pixel array that the mode sees.</param>
public sealed record SensorMode(PixelSize Size, double MaximumFrameRate, PixelRectangle Crop);
