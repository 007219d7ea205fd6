namespace PiCam.Core.Media;

/// <summary>What the library has of one kind and one day.</summary>
/// <param name="Day">When it was taken, where it was taken.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Count">Pictures or films.</param>
/// <param name="Bytes">Of their files.</param>
/// <param name="ProtectedBytes">Of those files that nobody may delete.</param>
public sealed record MediaUse(DateOnly Day, MediaKind Kind, int Count, long Bytes, long ProtectedBytes);
