using System.Globalization;
using PiCam.Core.Frames;

namespace PiCam.Core.Cameras;

/// <summary>A single picture beside the live stream.</summary>
/// <param name="Size">
/// At most <see cref="CameraCapabilities.StillSize"/>; null: that. A camera that can cut its picture to the shape of the size does
/// (simulated, libcamera, rpicam); of others the whole picture is made small enough to fit within. Nothing is ever enlarged.
/// </param>
/// <param name="Quality">JPEG quality, 1 to 100. JPEGs that the camera makes itself are handed on as they are.</param>
public sealed record StillRequest(PixelSize? Size = null, int Quality = StillRequest.UsualQuality)
{
    /// <summary>What is hardly told from the best, at half the bytes.</summary>
    public const int UsualQuality = 95;

    /// <summary>The longest <see cref="WarmUp"/>.</summary>
    public static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long to wait at most until automatic exposure has settled; a camera that does not say whether it has is waited for this
    /// long. Null: the picture is taken at once. 0 to 60 s.
    /// </summary>
    public TimeSpan? WarmUp { get; init; }

    /// <summary>What this still alone is taken with; null: with the live picture's controls.</summary>
    public StillLoan? Loan { get; init; }

    /// <summary>The whole state of the controls that it is taken with.</summary>
    /// <param name="asked">The live picture's.</param>
    public CameraControls On(CameraControls asked) => Loan?.On(asked) ?? asked;

    /// <summary>A size that was asked of another camera, perhaps, as near as this one comes.</summary>
    public static PixelSize? Within(PixelSize? asked, CameraCapabilities? capabilities) =>
        asked is { } size && (capabilities?.StillSize ?? capabilities?.Size) is { } largest
            ? new PixelSize(Math.Min(size.Width, largest.Width), Math.Min(size.Height, largest.Height))
            : asked;

    /// <summary>What a camera cannot do of it; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check(CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        var errors = new List<InvalidValue>();
        var largest = capabilities.StillSize ?? capabilities.Size;
        if (Size is { } size && (size.Width < 1 || size.Height < 1 || size.Width > largest.Width || size.Height > largest.Height))
        {
            errors.Add(new("size", $"{size}", Allowed.Range("1×1", $"{largest}")));
        }

        errors.AddRange(CheckQuality(Quality));
        errors.AddRange(CheckWait("warmUp", WarmUp ?? TimeSpan.Zero, LongestWarmUp));
        if (Loan is not null)
        {
            errors.AddRange(CameraControlsRules.Check(On(CameraControls.Automatic), capabilities));
        }

        return errors;
    }

    /// <summary>What is wrong with a JPEG quality; empty when all is well.</summary>
    internal static IEnumerable<InvalidValue> CheckQuality(int quality) => InvalidValue.CheckWhole("quality", quality, 1, 100);

    /// <summary>What is wrong with a time to wait; empty when all is well.</summary>
    internal static IEnumerable<InvalidValue> CheckWait(string field, TimeSpan wait, TimeSpan longest) => wait >= TimeSpan.Zero && wait <= longest
        ? []
        : [new(field, Seconds(wait), Allowed.Range("0 s", Seconds(longest)))];

    /// <summary>
    /// The controls for a still of its own configuration: exposed as the stream is, whose fixed frame rate shortens the exposure, and
    /// zoomed in the still's shape.
    /// </summary>
    /// <param name="asked">The stream's.</param>
    /// <param name="size">Of the still.</param>
    public static CameraControls Controls(CameraControls asked, PixelSize size)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var longest = asked.FrameRate is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.MaxValue;
        return asked with
        {
            ExposureTime = asked.ExposureTime > longest ? longest : asked.ExposureTime,
            FrameRate = null,
            ScalerCrop = asked.ScalerCrop?.Inner(size),
        };
    }

    /// <summary>A picture that came larger than asked, made small enough; any other as it is.</summary>
    /// <exception cref="StillFailedException">It cannot be decoded.</exception>
    public Frame Fit(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (Size is not { } size || (frame.Width <= size.Width && frame.Height <= size.Height))
        {
            return frame;
        }

        var (jpeg, made) = JpegThumbnail.Fit(frame.Jpeg, size, Quality) ?? throw new StillFailedException(StillFailure.Broken);
        return frame with { Jpeg = jpeg, Width = made.Width, Height = made.Height };
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
