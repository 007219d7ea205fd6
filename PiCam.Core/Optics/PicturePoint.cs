namespace PiCam.Core.Optics;

/// <summary>A place in a picture as fractions of its size: 0,0 is the top left corner, 1,1 the bottom right one.</summary>
/// <param name="U">From left to right.</param>
/// <param name="V">From top to bottom.</param>
public readonly record struct PicturePoint(double U, double V);
