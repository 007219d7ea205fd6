namespace PiCam.Core.Stills.Stamps;

/// <summary>A stamp for who blends it into pictures by itself, such as the camera helper (its "stamp" command).</summary>
/// <param name="X">Pixels from the picture's left edge.</param>
/// <param name="Y">Pixels from the picture's top edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Mask">Row by row, a byte for each pixel: 0 leaves the picture, 255 is white text.</param>
public sealed record StampMask(int X, int Y, int Width, int Height, byte[] Mask);
