using System.Buffers.Binary;
using System.Globalization;

namespace PiCam.Core.Packets;

/// <summary>
/// Takes a fragmented MP4 (ISO/IEC 14496-12) apart while it comes: first the header, then a packet for each fragment. Every fragment must
/// hold one sample of one track, as an encoder makes them for somebody who watches.
/// </summary>
public sealed class FragmentSplitter
{
    /// <summary>The largest box that is taken: a picture of the largest sensor, as a key frame of the best quality, is smaller.</summary>
    public const int LargestBox = 32 * 1024 * 1024;

    // Of the box that describes H.264 to a decoder: one without parameter sets tells nothing.
    private const int LeastConfiguration = 15;

    private const uint NotSync = 0x0001_0000;

    private readonly Action<FilmHeader> onHeader;
    private readonly Action<FilmPacket> onPacket;
    private byte[] pending = new byte[64 * 1024];
    private int length;
    private byte[]? fileType;
    private byte[]? fragment;
    private FilmHeader? header;

    /// <param name="onHeader">Called once.</param>
    /// <param name="onPacket">Called for each fragment, after the header.</param>
    public FragmentSplitter(Action<FilmHeader> onHeader, Action<FilmPacket> onPacket) => (this.onHeader, this.onPacket) = (onHeader, onPacket);

    /// <summary>The next bytes, cut anywhere.</summary>
    /// <exception cref="InvalidDataException">It is no such MP4.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (length + bytes.Length > pending.Length)
        {
            Array.Resize(ref pending, Math.Max(2 * pending.Length, length + bytes.Length));
        }

        bytes.CopyTo(pending.AsSpan(length));
        length += bytes.Length;
        var taken = 0;
        while (length - taken >= 8)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(pending.AsSpan(taken));
            if (size is < 8 or > LargestBox)
            {
                throw new InvalidDataException($"A box of {size} bytes; allowed are 8 to {LargestBox}.");
            }

            if (length - taken < size)
            {
                break;
            }

            Take(pending.AsSpan(taken, (int)size));
            taken += (int)size;
        }

        pending.AsSpan(taken, length - taken).CopyTo(pending);
        length -= taken;
    }

    private void Take(ReadOnlySpan<byte> box)
    {
        if (box[4..8].SequenceEqual("ftyp"u8))
        {
            fileType = box.ToArray();
        }
        else if (box[4..8].SequenceEqual("moov"u8))
        {
            header = Describe(box);
            onHeader(header);
        }
        else if (box[4..8].SequenceEqual("moof"u8))
        {
            fragment = box.ToArray();
        }
        else if (box[4..8].SequenceEqual("mdat"u8) && fragment is not null && header is not null)
        {
            byte[] data = [.. fragment, .. box];
            onPacket(new FilmPacket(data, IsKey(fragment), TimeOf(fragment, header.TimeScale)));
            fragment = null;
        }
    }

    private FilmHeader Describe(ReadOnlySpan<byte> movie)
    {
        var media = Find(Find(movie, "trak"u8), "mdia"u8);
        var times = Find(media, "mdhd"u8);
        var scale = BinaryPrimitives.ReadUInt32BigEndian(times[(times[8] == 1 ? 28 : 20)..]);

        // Of the sample description: a fixed part, then boxes. The configuration's name is looked for, not its place.
        var description = Find(Find(Find(media, "minf"u8), "stbl"u8), "stsd"u8);
        var at = description.IndexOf("avcC"u8);
        if (at < 4 || BinaryPrimitives.ReadUInt32BigEndian(description[(at - 4)..]) < LeastConfiguration || description.Length < at + 8)
        {
            throw new InvalidDataException("The film is not H.264, or its encoder does not say which.");
        }

        var codec = string.Create(
            CultureInfo.InvariantCulture, $"avc1.{description[at + 5]:X2}{description[at + 6]:X2}{description[at + 7]:X2}");
        return new FilmHeader([.. fileType ?? [], .. movie], codec, (int)scale);
    }

    private static bool IsKey(ReadOnlySpan<byte> fragment)
    {
        var track = Find(fragment, "traf"u8);
        var run = Find(track, "trun"u8);
        var present = BinaryPrimitives.ReadUInt32BigEndian(run[8..]) & 0xFF_FFFF;
        var at = 16 + ((present & 0x1) != 0 ? 4 : 0);
        if ((present & 0x4) != 0)
        {
            // Those of the first sample.
            return IsSync(run[at..]);
        }

        if ((present & 0x400) != 0)
        {
            // Those of each: after its duration and size, where it has any.
            return IsSync(run[(at + ((present & 0x100) != 0 ? 4 : 0) + ((present & 0x200) != 0 ? 4 : 0))..]);
        }

        var head = Find(track, "tfhd"u8);
        var given = BinaryPrimitives.ReadUInt32BigEndian(head[8..]) & 0xFF_FFFF;
        if ((given & 0x20) == 0)
        {
            return false;
        }

        at = 16 + ((given & 0x1) != 0 ? 8 : 0) + ((given & 0x2) != 0 ? 4 : 0) + ((given & 0x8) != 0 ? 4 : 0) + ((given & 0x10) != 0 ? 4 : 0);
        return IsSync(head[at..]);
    }

    private static bool IsSync(ReadOnlySpan<byte> flags) => (BinaryPrimitives.ReadUInt32BigEndian(flags) & NotSync) == 0;

    private static TimeSpan TimeOf(ReadOnlySpan<byte> fragment, int scale)
    {
        var time = Find(Find(fragment, "traf"u8), "tfdt"u8);
        var units = time[8] == 1 ? BinaryPrimitives.ReadInt64BigEndian(time[12..]) : BinaryPrimitives.ReadUInt32BigEndian(time[12..]);
        return TimeSpan.FromSeconds((double)units / scale);
    }

    /// <summary>The first box of that name within another one.</summary>
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> name)
    {
        for (var rest = parent[8..]; rest.Length >= 8;)
        {
            var size = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(rest));
            if (size < 8 || size > rest.Length)
            {
                break;
            }

            if (rest[4..8].SequenceEqual(name))
            {
                return rest[..size];
            }

            rest = rest[size..];
        }

        throw new InvalidDataException($"There is no {System.Text.Encoding.ASCII.GetString(name)} where one must be.");
    }
}
