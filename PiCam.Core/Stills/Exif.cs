using System.Globalization;
using System.Security;
using System.Text;

namespace PiCam.Core.Stills;

/// <summary>
/// Writes into a JPEG how it was taken (CIPA DC-008, Exif 2.32), and where the gimbal pointed (XMP, as EXIF knows directions
/// from north only). The picture itself is not touched.
/// </summary>
public static class Exif
{
    private const byte MarkerStart = 0xFF;
    private const byte StartOfImage = 0xD8;
    private const byte StartOfScan = 0xDA;
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const int LongestSegment = 0xFFFF - 2;

    // The rest of a segment is enough for every other field.
    private const int LongestText = 2000;

    private static readonly byte[] ExifName = "Exif\0\0"u8.ToArray();
    private static readonly byte[] XmpName = "http://ns.adobe.com/xap/1.0/\0"u8.ToArray();

    /// <summary>The same picture with these fields in place of what it said before.</summary>
    /// <param name="jpeg">A complete JPEG.</param>
    /// <param name="fields">What it is to say; texts are cut off after 2000 characters.</param>
    /// <exception cref="InvalidDataException">It is no JPEG, or its head is broken.</exception>
    public static byte[] Write(byte[] jpeg, ExifFields fields)
    {
        ArgumentNullException.ThrowIfNull(jpeg);
        ArgumentNullException.ThrowIfNull(fields);
        using var written = new MemoryStream(jpeg.Length + 2048);
        written.Write(jpeg.AsSpan(0, 2));
        var isWritten = false;
        foreach (var (kind, start, length) in Head(jpeg))
        {
            // JFIF wants to be the first, EXIF is content with being the next.
            if (kind != App0 && !isWritten)
            {
                Add(fields, written);
                isWritten = true;
            }

            var segment = jpeg.AsSpan(start, length);
            if (kind != App1 || !(segment[4..].StartsWith(ExifName) || segment[4..].StartsWith(XmpName)))
            {
                written.Write(segment);
            }
        }

        return written.ToArray();
    }

    /// <summary>The segments before the picture; the last one is all the rest, from the start of the scan on.</summary>
    private static IEnumerable<(byte Kind, int Start, int Length)> Head(byte[] jpeg)
    {
        if (jpeg is not [MarkerStart, StartOfImage, ..])
        {
            throw new InvalidDataException("This is not a JPEG.");
        }

        var at = 2;
        while (true)
        {
            if (at + 4 > jpeg.Length || jpeg[at] != MarkerStart)
            {
                throw new InvalidDataException("The head of this JPEG is broken.");
            }

            var kind = jpeg[at + 1];
            if (kind == StartOfScan)
            {
                yield return (kind, at, jpeg.Length - at);
                yield break;
            }

            var length = 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
            if (length < 4 || at + length > jpeg.Length)
            {
                throw new InvalidDataException("The head of this JPEG is broken.");
            }

            yield return (kind, at, length);
            at += length;
        }
    }

    private static void Add(ExifFields fields, MemoryStream written)
    {
        AddSegment(written, ExifName, Tiff(fields));
        if ((fields.Pan ?? fields.Tilt) is not null)
        {
            AddSegment(written, XmpName, Encoding.UTF8.GetBytes(Xmp(fields)));
        }
    }

    private static void AddSegment(MemoryStream written, byte[] name, byte[] body)
    {
        var length = name.Length + body.Length;
        if (length > LongestSegment)
        {
            throw new InvalidOperationException("The fields are too long for a segment.");
        }

        written.Write([MarkerStart, App1, (byte)((length + 2) >> 8), (byte)(length + 2)]);
        written.Write(name);
        written.Write(body);
    }

    private static byte[] Tiff(ExifFields fields)
    {
        const uint start = 8;
        var (image, photo) = (new TiffFolder(), new TiffFolder());
        var description = Cut(fields.Description);
        var time = fields.TakenAt.ToString("yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture);
        var fraction = fields.TakenAt.ToString("fff", CultureInfo.InvariantCulture);
        var zone = fields.TakenAt.ToString("zzz", CultureInfo.InvariantCulture);

        // The standard's text fields are ASCII; what is not goes where Unicode is allowed.
        image.AddText(0x010E, description is not null && Ascii.IsValid(description) ? description : null);
        image.AddText(0x010F, Cut(fields.Make));
        image.AddText(0x0110, Cut(fields.Model));
        image.AddShort(0x0112, fields.Orientation);
        image.AddText(0x0131, Cut(fields.Software));
        image.AddText(0x0132, time);
        photo.AddRational(0x829A, fields.ExposureTime is { } exposure ? Seconds(exposure) : null);
        photo.AddRational(0x829D, Ratio(fields.FNumber));
        photo.AddShort(0x8827, fields.Iso);
        photo.AddBytes(0x9000, "0232"u8.ToArray());
        photo.AddText(0x9003, time);
        photo.AddText(0x9004, time);
        photo.AddText(0x9010, zone);
        photo.AddText(0x9011, zone);
        photo.AddText(0x9012, zone);
        photo.AddSignedRational(0x9204, fields.ExposureBias);
        photo.AddRational(0x9206, Ratio(fields.SubjectDistance));
        photo.AddRational(0x920A, Ratio(fields.FocalLength));
        if (description is not null)
        {
            photo.AddBytes(0x9286, [.. "UNICODE\0"u8, .. Encoding.Unicode.GetBytes(description)]);
        }

        photo.AddText(0x9290, fraction);
        photo.AddText(0x9291, fraction);
        photo.AddText(0x9292, fraction);
        photo.AddSignedRational(0x9405, fields.Tilt);
        photo.AddShort(0xA001, 1); // sRGB
        photo.AddLong(0xA002, fields.Width);
        photo.AddLong(0xA003, fields.Height);
        photo.AddShort(0xA402, fields.IsManualExposure is { } exposed ? exposed ? 1 : 0 : null);
        photo.AddShort(0xA403, fields.IsManualWhiteBalance is { } balanced ? balanced ? 1 : 0 : null);

        // Its length does not depend on where the other one is.
        image.AddLong(0x8769, 0);
        var second = start + (uint)image.Length;
        image.AddLong(0x8769, second);
        return [.. "II*\0"u8, (byte)start, 0, 0, 0, .. image.At(start), .. photo.At(second)];
    }

    private static string? Cut(string? text) => text is { Length: > LongestText } ? text[..LongestText] : text;

    /// <summary>Exact for every time that fits: 1/250 s is 1 and 250.</summary>
    private static (uint Numerator, uint Denominator) Seconds(TimeSpan time)
    {
        var (numerator, denominator) = (Math.Max(0, time.Ticks), TimeSpan.TicksPerSecond);
        while (numerator > uint.MaxValue)
        {
            (numerator, denominator) = (numerator / 10, denominator / 10);
        }

        var divisor = (long)System.Numerics.BigInteger.GreatestCommonDivisor(numerator, denominator);
        return ((uint)(numerator / divisor), (uint)(denominator / divisor));
    }

    /// <summary>To a hundredth; null for what is not positive.</summary>
    private static (uint Numerator, uint Denominator)? Ratio(double? value) =>
        value is > 0 and < uint.MaxValue / 100 ? ((uint)Math.Round(value.Value * 100), 100u) : null;

    private static string Xmp(ExifFields fields)
    {
        var attributes = string.Concat(Attribute("Pan", fields.Pan), Attribute("Tilt", fields.Tilt));
        return $"""
            <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:picam="urn:picam:1.0/"{attributes}/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
            """;

        static string Attribute(string name, double? degrees) => degrees is { } angle
            ? $" picam:{name}=\"{SecurityElement.Escape(angle.ToString("0.##", CultureInfo.InvariantCulture))}\""
            : "";
    }
}
