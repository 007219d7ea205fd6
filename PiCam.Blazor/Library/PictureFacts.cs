using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Xmp;
using PiCam.Core.Gimbals;

namespace PiCam.Blazor.Library;

/// <summary>How a picture was taken, as its file says. Null: it does not say.</summary>
/// <param name="ExposureTime">Of the shutter.</param>
/// <param name="Iso">The ISO number.</param>
/// <param name="Camera">Maker and model.</param>
/// <param name="FNumber">The focal length divided by the aperture.</param>
/// <param name="FocalLength">Millimetres.</param>
/// <param name="Aim">Where the gimbal stood.</param>
/// <param name="Description">In any language.</param>
public sealed record PictureFacts(
    TimeSpan? ExposureTime, int? Iso, string? Camera, double? FNumber, double? FocalLength, PanTilt? Aim, string? Description)
{
    /// <summary>Reads a JPEG's Exif and XMP. Whatever program wrote them, what cannot be read is not known.</summary>
    /// <param name="picture">Can seek.</param>
    public static PictureFacts Read(Stream picture)
    {
        IReadOnlyList<MetadataExtractor.Directory> read;
        try
        {
            read = ImageMetadataReader.ReadMetadata(picture);
        }
        catch (ImageProcessingException)
        {
            read = [];
        }

        var (image, photo) = (read.OfType<ExifIfd0Directory>().FirstOrDefault(), read.OfType<ExifSubIfdDirectory>().FirstOrDefault());
        var xmp = read.OfType<XmpDirectory>().FirstOrDefault()?.GetXmpProperties() ?? new Dictionary<string, string>();
        string?[] names = [Text(image, ExifDirectoryBase.TagMake), Text(image, ExifDirectoryBase.TagModel)];
        var camera = string.Join(' ', names.OfType<string>());
        return new PictureFacts(
            Number(photo, ExifDirectoryBase.TagExposureTime) is { } seconds and > 0 and < 100_000 ? TimeSpan.FromSeconds(seconds) : null,
            photo?.TryGetInt32(ExifDirectoryBase.TagIsoEquivalent, out var iso) == true ? iso : null,
            camera.Length == 0 ? null : camera,
            Number(photo, ExifDirectoryBase.TagFNumber),
            Number(photo, ExifDirectoryBase.TagFocalLength),
            Degrees(xmp, "picam:PanDegrees") is { } pan && Degrees(xmp, "picam:TiltDegrees") is { } tilt ? new PanTilt(pan, tilt) : null,
            xmp.TryGetValue("dc:description[1]", out var description) ? description : Text(image, ExifDirectoryBase.TagImageDescription));
    }

    private static string? Text(MetadataExtractor.Directory? directory, int tag) =>
        directory?.GetString(tag)?.Trim('\0', ' ') is { Length: > 0 } text ? text : null;

    private static double? Number(MetadataExtractor.Directory? directory, int tag) =>
        directory?.TryGetRational(tag, out var value) == true && double.IsFinite(value.ToDouble()) ? value.ToDouble() : null;

    private static double? Degrees(IDictionary<string, string> xmp, string name) =>
        xmp.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
            ? degrees
            : null;
}
