using PiCam.Core.Cameras;

namespace PiCam.Hardware.V4l2;

/// <summary>How a device is to stream.</summary>
/// <param name="Format">The format.</param>
/// <param name="Size">One of its sizes.</param>
internal sealed record V4l2Mode(V4l2Format Format, PixelSize Size)
{
    /// <summary>The sizes that people can choose from: those no larger than configured, in the format that <see cref="Choose"/> takes for each.</summary>
    public static IReadOnlyList<PixelSize> Choices(IReadOnlyList<V4l2Format> formats, PixelSize maximum) =>
    [
        .. Usable(formats).SelectMany(format => format.Sizes).Distinct().Where(size => Fits(size, maximum))
            .OrderBy(size => (long)size.Width * size.Height).ThenBy(size => size.Width),
    ];

    /// <summary>
    /// The mode for a size; null: the largest that fits. JPEG goes before everything else, because it is passed on as it is.
    /// </summary>
    /// <returns>Null when the device names no size at all.</returns>
    public static V4l2Mode? Choose(IReadOnlyList<V4l2Format> formats, PixelSize maximum, PixelSize? wanted)
    {
        var usable = Usable(formats);
        if (wanted is { } size && usable.FirstOrDefault(format => format.Sizes.Contains(size)) is { } having)
        {
            return new(having, size);
        }

        var modes = usable.SelectMany(format => format.Sizes.Select(s => new V4l2Mode(format, s))).ToList();

        // Two formats of one size: MaxBy keeps the first, and JPEG is first. If nothing fits, the least is scaled down.
        return modes.Where(mode => Fits(mode.Size, maximum)).MaxBy(Pixels) ?? modes.MinBy(Pixels);
    }

    private static long Pixels(V4l2Mode mode) => (long)mode.Size.Width * mode.Size.Height;

    private static bool Fits(PixelSize size, PixelSize maximum) => size.Width <= maximum.Width && size.Height <= maximum.Height;

    /// <summary>JPEG, else YUYV, else whatever there is.</summary>
    private static List<V4l2Format> Usable(IReadOnlyList<V4l2Format> formats) =>
        [.. formats.Where(format => format.Sizes.Count > 0).OrderBy(format => format.IsJpeg ? 0 : format.FourCc == "YUYV" ? 1 : 2)];
}
