using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PiCam.Core.Cameras;

namespace PiCam.Core.Stills;

/// <summary>Writes into a JPEG how it was taken (Exif 2.32, CIPA DC-008), without touching the picture.</summary>
public static class Exif
{
    /// <summary>How an Exif segment begins.</summary>
    internal static readonly byte[] Mark = [.. "Exif\0\0"u8];

    private static readonly byte[] XmpMark = [.. "http://ns.adobe.com/xap/1.0/\0"u8];

    // Little-endian, because many readers take a Unicode comment for little-endian whatever the file says.
    private static readonly byte[] TiffHeader = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0];
    private static readonly byte[] UnicodeMark = [.. "UNICODE\0"u8];

    /// <summary>
    /// The same JPEG with these fields. An Exif and an XMP segment that are there are replaced; everything else stays byte for
    /// byte. Exif's ImageDescription is ASCII, so a description is also in UserComment (as UTF-16; read by phones and by most
    /// viewers), XPTitle (Windows' own) and XMP's dc:description (what photographers' programs read first); pan and tilt are in
    /// XMP as <c>picam:PanDegrees</c> and <c>picam:TiltDegrees</c>.
    /// </summary>
    /// <param name="jpeg">A complete JPEG; it is not changed.</param>
    /// <param name="fields">What to write.</param>
    /// <exception cref="InvalidDataException">The JPEG is none, or is cut off.</exception>
    /// <exception cref="InvalidValueException">A field does not fit its range, or a text is too long.</exception>
    public static byte[] Write(byte[] jpeg, ExifFields fields)
    {
        ArgumentNullException.ThrowIfNull(jpeg);
        ArgumentNullException.ThrowIfNull(fields);
        if (ExifRules.Check(fields).ToList() is { Count: > 0 } errors)
        {
            throw new InvalidValueException(errors);
        }

        var header = JpegHeader.Read(jpeg, Mark, XmpMark);
        var description = Clean(fields.Description);
        using var written = new MemoryStream(jpeg.Length + 4096);
        written.Write(jpeg, 0, header.Application);
        Segment(written, Mark, Tiff(fields, description, header.Size));
        if (XmpPacket.Make(description, fields.Aim) is { } packet)
        {
            Segment(written, XmpMark, packet);
        }

        foreach (var other in header.Others)
        {
            written.Write(jpeg.AsSpan(other));
        }

        written.Write(jpeg.AsSpan(header.Scan));
        return written.ToArray();
    }

    // Exif's texts are ASCII with NUL at the end, XML takes no control characters, UTF-8 no half of a pair.
    private static string? Clean(string? text)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").ReplaceLineEndings("\n").EnumerateRunes())
        {
            clean.Append(Rune.IsControl(rune) && rune.Value != '\n' ? " " : rune.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString());
        }

        var trimmed = clean.ToString().Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    private static void Segment(Stream stream, byte[] mark, byte[] payload)
    {
        // The limits of ExifFields keep both segments far below this.
        var length = checked((ushort)(2 + mark.Length + payload.Length));
        Span<byte> head = [0xFF, 0xE1, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], length);
        stream.Write(head);
        stream.Write(mark);
        stream.Write(payload);
    }

    private static byte[] Tiff(ExifFields fields, string? description, PixelSize size)
    {
        var (image, photo) = (Image(fields, description), Photo(fields, description, size));

        // A pointer's value is in its entry: the length is known before the place.
        const ushort photoPointer = 0x8769;
        image.Long(photoPointer, 0);
        var photoOffset = TiffHeader.Length + image.Length;
        image.Long(photoPointer, photoOffset);

        using var tiff = new MemoryStream();
        tiff.Write(TiffHeader);
        image.Write(tiff, TiffHeader.Length);
        photo.Write(tiff, photoOffset);
        return tiff.ToArray();
    }

    private static TiffDirectory Image(ExifFields fields, string? description)
    {
        var image = new TiffDirectory();
        if (description is not null)
        {
            image.Ascii(0x010E, description.All(char.IsAscii) ? description : null);
            image.Bytes(0x9C9B, Encoding.Unicode.GetBytes(description + '\0'));
        }

        image.Ascii(0x010F, fields.Make);
        image.Ascii(0x0110, fields.Model);
        image.Short(0x0112, fields.Orientation);
        image.Ascii(0x0131, fields.Software);
        image.Ascii(0x0132, DateTime(fields.TakenAt));

        // Centred chroma, as JFIF has it.
        image.Short(0x0213, 1);
        return image;
    }

    private static TiffDirectory Photo(ExifFields fields, string? description, PixelSize size)
    {
        var photo = new TiffDirectory();
        photo.Undefined(0x9000, [.. "0232"u8]);
        photo.Rational(0x829A, fields.ExposureTime is { } exposure ? ExifRational.Of(exposure) : null);
        photo.Rational(0x829D, Number(fields.FNumber));
        photo.Short(0x8827, fields.Iso);
        photo.Rational(0x9204, Number(fields.ExposureBias), signed: true);
        photo.Rational(0x9206, fields.LensPosition is { } dioptres ? ExifRational.Distance(dioptres) : null);
        photo.Rational(0x920A, Number(fields.FocalLength));
        photo.Short(0xA405, fields.FocalLengthIn35Millimetres);
        photo.Short(0xA402, fields.IsBracketed ? 2 : Manual(fields.IsExposureAutomatic));
        photo.Short(0xA403, Manual(fields.IsWhiteBalanceAutomatic));
        if (fields.TakenAt is { } takenAt)
        {
            photo.Ascii(0x9003, DateTime(takenAt));
            photo.Ascii(0x9004, DateTime(takenAt));

            // The zone and the milliseconds of DateTime, DateTimeOriginal and DateTimeDigitized.
            for (ushort i = 0; i < 3; i++)
            {
                photo.Ascii((ushort)(0x9010 + i), takenAt.ToString("zzz", CultureInfo.InvariantCulture));
                photo.Ascii((ushort)(0x9290 + i), takenAt.ToString("fff", CultureInfo.InvariantCulture));
            }
        }

        if (description is not null)
        {
            photo.Undefined(0x9286, [.. UnicodeMark, .. Encoding.Unicode.GetBytes(description)]);
        }

        // Y, Cb and Cr; Flashpix 1.0; sRGB.
        photo.Undefined(0x9101, [1, 2, 3, 0]);
        photo.Undefined(0xA000, [.. "0100"u8]);
        photo.Short(0xA001, 1);
        photo.Long(0xA002, size.Width);
        photo.Long(0xA003, size.Height);
        return photo;
    }

    private static ExifRational? Number(double? value) => value is { } number ? ExifRational.Of(number) : null;

    private static int? Manual(bool? automatic) => automatic is { } isAutomatic ? (isAutomatic ? 0 : 1) : null;

    private static string? DateTime(DateTimeOffset? time) => time?.ToString("yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture);
}
