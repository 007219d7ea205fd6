using System.Buffers.Binary;
using System.Text;

namespace PiCam.Core.Stills;

/// <summary>One directory of a TIFF structure, little-endian: tags with their values (TIFF 6.0, section 2).</summary>
internal sealed class TiffDirectory
{
    private const int EntryLength = 12;

    private readonly SortedDictionary<ushort, (ushort Type, int Count, byte[] Data)> entries = [];

    /// <summary>Bytes that <see cref="Write"/> appends.</summary>
    public int Length => 2 + (entries.Count * EntryLength) + 4 + entries.Values.Where(e => e.Data.Length > 4).Sum(e => e.Data.Length + (e.Data.Length & 1));

    public void Ascii(ushort tag, string? text)
    {
        if (text is not null)
        {
            Add(tag, 2, text.Length + 1, Encoding.ASCII.GetBytes(text + '\0'));
        }
    }

    public void Bytes(ushort tag, byte[] data) => Add(tag, 1, data.Length, data);

    public void Undefined(ushort tag, byte[] data) => Add(tag, 7, data.Length, data);

    public void Short(ushort tag, int? value)
    {
        if (value is { } number)
        {
            var data = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(data, (ushort)number);
            Add(tag, 3, 1, data);
        }
    }

    public void Long(ushort tag, int value)
    {
        var data = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(data, value);
        Add(tag, 4, 1, data);
    }

    public void Rational(ushort tag, ExifRational? value, bool signed = false)
    {
        if (value is { } rational)
        {
            // The same bits for both kinds of 32-bit number.
            var data = new byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(data, unchecked((uint)rational.Numerator));
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), unchecked((uint)rational.Denominator));
            Add(tag, (ushort)(signed ? 10 : 5), 1, data);
        }
    }

    /// <param name="stream">Grows by <see cref="Length"/>.</param>
    /// <param name="offset">Where the directory begins, from the TIFF header.</param>
    public void Write(Stream stream, int offset)
    {
        var bytes = new byte[Length];
        var span = bytes.AsSpan();
        var data = 2 + (entries.Count * EntryLength) + 4;
        BinaryPrimitives.WriteUInt16LittleEndian(span, (ushort)entries.Count);
        var at = 2;
        foreach (var (tag, entry) in entries)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(span[at..], tag);
            BinaryPrimitives.WriteUInt16LittleEndian(span[(at + 2)..], entry.Type);
            BinaryPrimitives.WriteInt32LittleEndian(span[(at + 4)..], entry.Count);
            if (entry.Data.Length <= 4)
            {
                entry.Data.CopyTo(span[(at + 8)..]);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(span[(at + 8)..], offset + data);
                entry.Data.CopyTo(span[data..]);

                // Values begin on even offsets.
                data += entry.Data.Length + (entry.Data.Length & 1);
            }

            at += EntryLength;
        }

        stream.Write(bytes);
    }

    private void Add(ushort tag, ushort type, int count, byte[] data) => entries[tag] = (type, count, data);
}
