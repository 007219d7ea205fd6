namespace PiCam.Core.Media;

/// <summary>What some rules would take from the library at once.</summary>
/// <param name="Count">Pictures and films.</param>
/// <param name="Bytes">Of their files.</param>
public sealed record MediaLoss(int Count, long Bytes);
