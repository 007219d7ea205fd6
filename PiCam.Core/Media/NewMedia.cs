using PiCam.Core.Cameras;

namespace PiCam.Core.Media;

/// <summary>What is known of a picture or film before it is in the library.</summary>
/// <param name="Kind">What was done to get it.</param>
/// <param name="Name">What to call it and its file; made fit for a file, and unique by a number at its end. A picture is never lost for its name.</param>
/// <param name="Extension">Of its file, without the dot; one of <see cref="MediaFormat"/>'s.</param>
public sealed record NewMedia(MediaKind Kind, string Name, string Extension = "jpg")
{
    /// <summary>In any zone; null: now.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Null: a picture's is read from its header.</summary>
    public PixelSize? Size { get; init; }

    /// <inheritdoc cref="MediaItem.Duration"/>
    public TimeSpan? Duration { get; init; }

    /// <inheritdoc cref="MediaItem.Sequence"/>
    public string? Sequence { get; init; }

    /// <inheritdoc cref="MediaItem.Preset"/>
    public string? Preset { get; init; }

    /// <summary>Null: the caller's name.</summary>
    public string? By { get; init; }
}
