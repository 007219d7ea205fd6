using PiCam.Core.Cameras;

namespace PiCam.Core.Frames;

/// <summary>One picture: an immutable JPEG and what the camera says of it. Shared by all readers; never written to.</summary>
/// <param name="Jpeg">A complete JPEG, or empty when nobody wanted a picture. Readers must not change it.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Metadata">What the camera used for this picture.</param>
/// <param name="CapturedAt"><see cref="TimeProvider.GetTimestamp"/> when the picture was complete in this process; for latency.</param>
public sealed record Frame(byte[] Jpeg, int Width, int Height, FrameMetadata Metadata, long CapturedAt)
{
    private const string DataUriPrefix = "data:image/jpeg;base64,";

    private string? dataUri;

    /// <summary>In pixels.</summary>
    public PixelSize Size => new(Width, Height);

    /// <summary>Whether there is a picture; a camera that nobody watches delivers metadata only.</summary>
    public bool HasPicture => Jpeg.Length > 0;

    /// <summary>The same picture at half its width and height, where the camera has made one beside it (<see cref="ICameraStream.SetHalfAsync"/>); otherwise null.</summary>
    public Frame? Half { get; init; }

    /// <summary>Counts from 1 within one run of the panel; set by <see cref="FrameHub.Publish"/>.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Whether it can stand after another one in one film: of the same size, and later on the same run of the sensor's clock.</summary>
    public bool Follows(Frame other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Width, Height) == (other.Width, other.Height) && Metadata.SensorTimestamp > other.Metadata.SensorTimestamp;
    }

    /// <summary>The picture as a <c>data:</c> URI; made for the first viewer and shared by the others.</summary>
    public string DataUri => dataUri ??= MakeDataUri(Jpeg);

    // One string, made in place: joining two would allocate a second one of twice the picture's size, thirty times a second.
    private static string MakeDataUri(byte[] jpeg) => string.Create(
        DataUriPrefix.Length + ((jpeg.Length + 2) / 3 * 4),
        jpeg,
        static (text, bytes) =>
        {
            DataUriPrefix.CopyTo(text);
            Convert.TryToBase64Chars(bytes, text[DataUriPrefix.Length..], out _);
        });
}
