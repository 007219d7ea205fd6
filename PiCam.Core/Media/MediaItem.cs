using PiCam.Core.Cameras;

namespace PiCam.Core.Media;

/// <summary>One picture or film of the library.</summary>
public sealed record MediaItem
{
    /// <summary>32 hexadecimal digits; never changes.</summary>
    public required string Id { get; init; }

    public required MediaKind Kind { get; init; }

    /// <summary>What people call it; 1 to <see cref="MediaName.Longest"/> characters of any script.</summary>
    public required string Name { get; init; }

    /// <summary>Where its file is below the library's folder, such as <c>2026/11/23/image001.jpg</c>; never changes.</summary>
    public required string Path { get; init; }

    /// <summary>With the offset of the panel's zone at that time.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Of its file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Null: unknown.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>Of what can be played of a film; null: a picture, or unknown.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whether it is a film of which nothing can be played.</summary>
    public bool IsDamaged => Duration == TimeSpan.Zero;

    /// <summary>Shared by the pictures of one run of a burst, a bracket, a time-lapse, and by the films made of them.</summary>
    public string? Sequence { get; init; }

    /// <summary>The id of the gimbal's preset that it was taken at.</summary>
    public string? Preset { get; init; }

    /// <summary>The name of who took it; null: unknown.</summary>
    public string? By { get; init; }

    /// <summary>Cannot be deleted until somebody lifts this.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Its name with its file's extension, fit for every system's disk.</summary>
    public string FileName => MediaName.ToFile(Name) + System.IO.Path.GetExtension(Path);
}
