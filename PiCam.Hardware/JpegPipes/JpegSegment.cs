using System.Buffers.Binary;

namespace PiCam.Hardware.JpegPipes;

/// <summary>What the segments of a JPEG must look like inside (ITU-T T.81, annex B.2).</summary>
internal static class JpegSegment
{
    /// <summary>SOS.</summary>
    public const byte StartOfScan = 0xDA;

    /// <summary>DHT.</summary>
    public const byte HuffmanTables = 0xC4;

    /// <summary>DQT.</summary>
    public const byte QuantisationTables = 0xDB;

    /// <summary>SOF15.</summary>
    public const byte LastStartOfFrame = 0xCF;

    /// <summary>Reads a picture's size. Only baseline, extended and progressive frames count: browsers show no others.</summary>
    public static bool TryReadFrameHeader(byte code, ReadOnlySpan<byte> segment, out int width, out int height)
    {
        width = height = 0;
        if (code is not (0xC0 or 0xC1 or 0xC2)
            || segment.Length < 6 || segment[5] is not (1 or 3 or 4) || segment.Length != 6 + (3 * segment[5]))
        {
            return false;
        }

        height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        return width > 0 && height > 0;
    }

    /// <summary>Whether the segment is as long as its number of components says.</summary>
    public static bool IsScanHeader(ReadOnlySpan<byte> segment) =>
        segment.Length >= 6 && segment.Length == 4 + (2 * segment[0]);

    /// <summary>Whether tables fill the segment exactly; a cut-off one hardly ever is filled.</summary>
    public static bool HasWholeHuffmanTables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length >= 17)
        {
            var size = 17;
            foreach (var codes in segment[1..17])
            {
                size += codes;
            }

            if (size > segment.Length)
            {
                return false;
            }

            segment = segment[size..];
        }

        return segment.IsEmpty;
    }

    /// <summary>Whether tables of 8 or 16 bit fill the segment exactly.</summary>
    public static bool HasWholeQuantisationTables(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var size = segment[0] >> 4 == 0 ? 65 : 129;
            if (size > segment.Length)
            {
                return false;
            }

            segment = segment[size..];
        }

        return true;
    }
}
