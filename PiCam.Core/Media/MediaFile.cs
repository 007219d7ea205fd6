namespace PiCam.Core.Media;

/// <summary>A file in the library's folder.</summary>
/// <param name="Path">Below the folder, such as <c>2026/11/23/image001.jpg</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="ModifiedAt">When it was last written.</param>
public sealed record MediaFile(string Path, long Bytes, DateTimeOffset ModifiedAt);
