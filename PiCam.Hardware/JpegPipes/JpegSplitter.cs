using System.Buffers;
using System.Buffers.Binary;

namespace PiCam.Hardware.JpegPipes;

/// <summary>
/// Cuts a byte stream into JPEGs by walking their markers (ITU-T T.81, annex B). What is corrupt, truncated or too large is
/// dropped and counted, and the next SOI starts afresh; memory is bounded whatever comes in. Pixels are not decoded.
/// </summary>
/// <param name="maximumBytes">The largest JPEG; a larger one is dropped while it passes.</param>
internal sealed class JpegSplitter(int maximumBytes = JpegSplitter.DefaultMaximumBytes)
{
    /// <summary>Several times a 12 MP JPEG at high quality.</summary>
    public const int DefaultMaximumBytes = 16 * 1024 * 1024;

    private const int InitialBytes = 256 * 1024;

    // Tables and EXIF with a thumbnail fit. The bound keeps resynchronising cheap.
    private const int MaximumHeaderBytes = 256 * 1024;

    private const int MaximumRescans = 16;

    private byte[] buffer = new byte[Math.Min(InitialBytes, maximumBytes)];
    private int start;
    private int position;
    private int end;
    private bool started;
    private bool inScan;
    private bool scanSeen;
    private bool resynchronising;
    private int rescans;
    private int width;
    private int height;

    private enum Step
    {
        NeedMore,
        Complete,
        Corrupt,
    }

    /// <summary>JPEGs, or runs of other bytes between them, that were thrown away.</summary>
    public long Dropped { get; private set; }

    /// <summary>The bytes of memory held.</summary>
    public int Capacity => buffer.Length;

    /// <summary>Takes bytes from the front of <paramref name="input"/> until a JPEG is complete.</summary>
    /// <returns>The JPEG, or null when the input is used up.</returns>
    public JpegPicture? Read(ref ReadOnlySequence<byte> input)
    {
        while (true)
        {
            // First what is left over from the last call: resynchronising may leave whole pictures in the buffer.
            switch (Walk())
            {
                case Step.Complete:
                    return Take();
                case Step.Corrupt:
                    Drop();
                    continue;
            }

            if (end - start == maximumBytes || (started && !scanSeen && position - start > MaximumHeaderBytes))
            {
                DropAll();
                continue;
            }

            if (input.IsEmpty)
            {
                return null;
            }

            Fill(ref input);
        }
    }

    private void Fill(ref ReadOnlySequence<byte> input)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            position -= start;
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maximumBytes));
        }

        var count = (int)Math.Min(input.Length, buffer.Length - end);
        input.Slice(0, count).CopyTo(buffer.AsSpan(end));
        input = input.Slice(count);
        end += count;
    }

    /// <summary>Walks on from where the last call stopped; never looks at a byte of a scan twice.</summary>
    private Step Walk()
    {
        if (!started && !FindStart())
        {
            return Step.NeedMore;
        }

        while (true)
        {
            if (inScan && !SkipScan())
            {
                return Step.NeedMore;
            }

            var marker = position;
            while (marker < end && buffer[marker] == 0xFF)
            {
                marker++;
            }

            if (marker == end)
            {
                return Step.NeedMore;
            }

            if (marker == position)
            {
                return Step.Corrupt;
            }

            // Fill bytes (more 0xFF) may precede a marker.
            position = marker - 1;
            var code = buffer[marker];
            if (code == 0xD9)
            {
                position = marker + 1;
                return scanSeen ? Step.Complete : Step.Corrupt;
            }

            // Everything else that a JPEG of ours holds is a segment with a length; SOI, RSTn and the reserved codes are not.
            if (code is < 0xC0 or (>= 0xD0 and <= 0xD8) or 0xFF)
            {
                return Step.Corrupt;
            }

            if (end - marker < 3)
            {
                return Step.NeedMore;
            }

            var size = BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(marker + 1));
            if (size < 2)
            {
                return Step.Corrupt;
            }

            if (end - marker - 1 < size)
            {
                return Step.NeedMore;
            }

            if (!Accept(code, buffer.AsSpan(marker + 3, size - 2)))
            {
                return Step.Corrupt;
            }

            position = marker + 1 + size;
        }
    }

    private bool Accept(byte code, ReadOnlySpan<byte> segment)
    {
        switch (code)
        {
            case JpegSegment.StartOfScan:
                inScan = scanSeen = width > 0 && JpegSegment.IsScanHeader(segment);
                return inScan;
            case JpegSegment.HuffmanTables:
                return JpegSegment.HasWholeHuffmanTables(segment);
            case JpegSegment.QuantisationTables:
                return JpegSegment.HasWholeQuantisationTables(segment);
            case <= JpegSegment.LastStartOfFrame:
                return width == 0 && JpegSegment.TryReadFrameHeader(code, segment, out width, out height);
            default:
                return true;
        }
    }

    /// <summary>Skips entropy-coded data up to the next marker; false when it goes on beyond the buffer.</summary>
    private bool SkipScan()
    {
        while (true)
        {
            var found = buffer.AsSpan(position, end - position).IndexOf((byte)0xFF);
            if (found < 0)
            {
                position = end;
                return false;
            }

            position += found;
            if (position + 1 == end)
            {
                return false;
            }

            // A stuffed zero or a restart marker belongs to the data.
            if (buffer[position + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                inScan = false;
                return true;
            }

            position += 2;
        }
    }

    /// <summary>Goes to the first SOI that another marker follows; drops what precedes it.</summary>
    private bool FindStart()
    {
        var found = buffer.AsSpan(start, end - start).IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);
        if (found < 0)
        {
            SkipTo(end - HalfOfStart());
            return false;
        }

        SkipTo(start + found);
        position = start + 2;
        started = true;
        return true;
    }

    /// <summary>How many of the last bytes may be the beginning of an SOI whose rest is still to come.</summary>
    private int HalfOfStart() =>
        end - start >= 2 && buffer[end - 2] == 0xFF && buffer[end - 1] == 0xD8 ? 2
        : end - start >= 1 && buffer[end - 1] == 0xFF ? 1
        : 0;

    private void SkipTo(int next)
    {
        if (next > start && !resynchronising)
        {
            Dropped++;
            resynchronising = true;
        }

        start = next;
    }

    private JpegPicture Take()
    {
        var picture = new JpegPicture(buffer.AsSpan(start, position - start).ToArray(), width, height);
        start = position;
        Restart();
        resynchronising = false;
        rescans = 0;
        return picture;
    }

    private void Drop()
    {
        Dropped++;
        resynchronising = true;

        // A wrong length may have jumped over the next picture's SOI: look again from the one at hand. Not without end,
        // though: bytes made for it could have every one of thousands of SOIs walked through all that follows.
        start = rescans++ < MaximumRescans ? start + 2 : position;
        Restart();
    }

    private void DropAll()
    {
        Dropped++;
        resynchronising = true;

        // The rest of a picture that is too large holds no SOI and passes uncounted. Its last byte may be half a marker.
        var half = buffer[end - 1] == 0xFF ? 1 : 0;
        buffer = new byte[Math.Min(InitialBytes, maximumBytes)];
        buffer[0] = 0xFF;
        start = 0;
        end = half;
        Restart();
    }

    private void Restart()
    {
        started = inScan = scanSeen = false;
        width = height = 0;
    }
}
