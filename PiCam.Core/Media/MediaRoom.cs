namespace PiCam.Core.Media;

/// <summary>Whether the library's folder takes more.</summary>
/// <param name="IsWritable">PiCam may write there.</param>
/// <param name="FreeBytes">Null: the disk does not say.</param>
public readonly record struct MediaRoom(bool IsWritable, long? FreeBytes);
