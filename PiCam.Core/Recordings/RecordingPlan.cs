using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Packets;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;

namespace PiCam.Core.Recordings;

/// <summary>How one file is made.</summary>
/// <param name="Size">Of every frame.</param>
/// <param name="Format">What it holds; its extension is <see cref="Extension"/>.</param>
/// <param name="Quality">1 to 100.</param>
/// <param name="FrameDuration">About how long a frame lasts; only to judge by: what counts is each frame's own time.</param>
public sealed record RecordingPlan(PixelSize Size, RecordingFormat Format, int Quality, TimeSpan FrameDuration)
{
    private static readonly TimeSpan UsualFrameDuration = TimeSpan.FromSeconds(1.0 / 30);

    /// <summary>For a film that begins with this frame.</summary>
    public static RecordingPlan Of(Frame first, RecordingFormat format, int quality)
    {
        ArgumentNullException.ThrowIfNull(first);
        var duration = first.Metadata.FrameDuration is { } given && given > TimeSpan.Zero ? given : UsualFrameDuration;
        return new(first.Size, format, quality, duration);
    }

    /// <summary>What the encoder does so that the film is seen as the page shows the camera: one of Exif's eight orientations. The camera's own JPEGs stay as they are.</summary>
    public int Turn { get; init; } = ExifOrientation.Upright;

    /// <summary>What is laid over the frames after they are turned; the camera's own JPEGs stay as they are. Null: nothing.</summary>
    public FilmStamp? Stamp { get; init; }

    /// <summary>For somebody who watches live, and says how fast; null: a recording.</summary>
    public FilmPlan? Live { get; init; }

    /// <summary>Of the frames as they are seen in the film.</summary>
    public PixelSize SeenSize => Format == RecordingFormat.H264 && ExifOrientation.IsQuarterTurn(Turn) ? new(Size.Height, Size.Width) : Size;

    /// <summary>Of the file, without the dot.</summary>
    public string Extension => Format == RecordingFormat.H264 ? Fragmented : "avi";

    private const string Fragmented = "mp4";

    /// <summary>Whether a file is made in parts, each with an index of its own, so that players must look through all of it.</summary>
    public static bool IsFragmented(string filePath) => Path.GetExtension(filePath) == "." + Fragmented;
}
