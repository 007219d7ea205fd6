namespace PiCam.Hardware.JpegPipes;

/// <summary>One complete JPEG.</summary>
/// <param name="Jpeg">From SOI to EOI.</param>
/// <param name="Width">Pixels, from its frame header.</param>
/// <param name="Height">Pixels, from its frame header.</param>
internal sealed record JpegPicture(byte[] Jpeg, int Width, int Height);
