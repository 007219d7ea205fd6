using System.Buffers.Binary;
using PiCam.Core.Cameras;

namespace PiCam.Core.Stills;

/// <summary>The segments before a JPEG's first scan (ITU-T T.81, annex B); the picture itself is not looked at.</summary>
internal sealed class JpegHeader
{
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    private JpegHeader(PixelSize size, int application, int scan, IReadOnlyList<Range> others)
    {
        (Size, Application, Scan, Others) = (size, application, scan, others);
    }

    public PixelSize Size { get; }

    /// <summary>Where an Exif segment belongs: after the start, and after JFIF's own segments where they are.</summary>
    public int Application { get; }

    /// <summary>Where the first scan begins.</summary>
    public int Scan { get; }

    /// <summary>The segments from <see cref="Application"/> to <see cref="Scan"/> but those that begin with one of the marks.</summary>
    public IReadOnlyList<Range> Others { get; }

    /// <param name="jpeg">A whole JPEG.</param>
    /// <param name="dropped">How the payload of an APP1 segment begins that is not to be among <see cref="Others"/>.</param>
    /// <exception cref="InvalidDataException">It is none, or a part of one.</exception>
    public static JpegHeader Read(ReadOnlySpan<byte> jpeg, params ReadOnlySpan<byte[]> dropped)
    {
        if (jpeg.Length < 4 || jpeg[0] != 0xFF || jpeg[1] != 0xD8)
        {
            throw new InvalidDataException("This is no JPEG: it does not begin with FF D8.");
        }

        PixelSize? size = null;
        var others = new List<Range>();
        var at = 2;
        var application = at;
        while (true)
        {
            var (marker, payload) = Segment(jpeg, at);
            if (marker == StartOfScan)
            {
                break;
            }

            // SOF0 to SOF15 without DHT, JPG and DAC.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                size = FrameSize(jpeg[payload]);
            }

            var end = payload.End.Value;
            if (marker == App0 && application == at)
            {
                application = end;
            }
            else if (marker != App1 || !StartsWithAny(jpeg[payload], dropped))
            {
                others.Add(at..end);
            }

            at = end;
        }

        if (jpeg[at..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, EndOfImage]) < 0)
        {
            throw new InvalidDataException("The JPEG ends in the middle of its picture.");
        }

        return new(size ?? throw new InvalidDataException("The JPEG has a scan but no frame header."), application, at, others);
    }

    private static (byte Marker, Range Payload) Segment(ReadOnlySpan<byte> jpeg, int at)
    {
        if (at >= jpeg.Length || jpeg[at] != 0xFF)
        {
            throw new InvalidDataException($"The JPEG has no marker at byte {at}.");
        }

        // Any number of FF may fill the room before a marker.
        var code = at + 1;
        while (code < jpeg.Length && jpeg[code] == 0xFF)
        {
            code++;
        }

        var end = code + 3 <= jpeg.Length ? code + 1 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(code + 1)..]) : int.MaxValue;
        if (end > jpeg.Length || end < code + 3)
        {
            throw new InvalidDataException($"The JPEG's segment at byte {at} does not end within the file.");
        }

        if (jpeg[code] is 0 or 1 or (>= 0xD0 and <= 0xD9))
        {
            throw new InvalidDataException($"The JPEG has marker {jpeg[code]:X2} at byte {at}, where no such marker may be.");
        }

        return (jpeg[code], (code + 3)..end);
    }

    private static PixelSize FrameSize(ReadOnlySpan<byte> payload) => payload.Length < 6
        ? throw new InvalidDataException("The JPEG's frame header is cut off.")
        : new(BinaryPrimitives.ReadUInt16BigEndian(payload[3..]), BinaryPrimitives.ReadUInt16BigEndian(payload[1..]));

    private static bool StartsWithAny(ReadOnlySpan<byte> payload, ReadOnlySpan<byte[]> marks)
    {
        foreach (var mark in marks)
        {
            if (payload.StartsWith(mark))
            {
                return true;
            }
        }

        return false;
    }
}
