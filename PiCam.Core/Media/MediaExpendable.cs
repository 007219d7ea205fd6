namespace PiCam.Core.Media;

/// <summary>Something that may go for good.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="TakenAt">When.</param>
/// <param name="Bytes">Of its file.</param>
/// <param name="IsDeleted">Somebody has deleted it, and may bring it back.</param>
public sealed record MediaExpendable(MediaKind Kind, DateTimeOffset TakenAt, long Bytes, bool IsDeleted);
