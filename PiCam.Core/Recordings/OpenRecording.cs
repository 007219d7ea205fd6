using PiCam.Core.Cameras;

namespace PiCam.Core.Recordings;

/// <summary>A file that is not yet as it will stay: what the next start must know of it if this one ends at once.</summary>
/// <param name="FilePath">Its full name.</param>
/// <param name="Name">What it will be called.</param>
/// <param name="TakenAt">When its first frame was taken.</param>
/// <param name="Size">Of its frames.</param>
/// <param name="Preset">The gimbal's preset at its beginning.</param>
/// <param name="By">Who wanted it.</param>
internal sealed record OpenRecording(string FilePath, string Name, DateTimeOffset TakenAt, PixelSize Size, string? Preset, string By)
{
    /// <summary>The id of what is in the library, without an index at its beginning; null: it is being written.</summary>
    public string? MediaId { get; init; }
}

/// <summary>How they are stored.</summary>
internal sealed record OpenRecordings(IReadOnlyList<OpenRecording> Files);
