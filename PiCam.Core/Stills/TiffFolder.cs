using System.Buffers.Binary;
using System.Text;

namespace PiCam.Core.Stills;

/// <summary>One directory of a little-endian TIFF file, such as EXIF is made of: numbered fields in ascending order.</summary>
internal sealed class TiffFolder
{
    private const ushort Ascii = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;
    private const ushort Undefined = 7;
    private const ushort SignedRational = 10;

    private readonly SortedDictionary<ushort, (ushort Type, uint Count, byte[] Value)> fields = [];

    /// <summary>Bytes that it takes, with the values that do not fit into its entries.</summary>
    public int Length => 2 + (12 * fields.Count) + 4 + fields.Values.Sum(entry => entry.Value.Length > 4 ? Even(entry.Value.Length) : 0);

    public void AddText(ushort tag, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            var bytes = Encoding.UTF8.GetBytes(text + '\0');
            fields[tag] = (Ascii, (uint)bytes.Length, bytes);
        }
    }

    public void AddShort(ushort tag, int? value)
    {
        if (value is { } number)
        {
            var bytes = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)Math.Clamp(number, 0, ushort.MaxValue));
            fields[tag] = (Short, 1, bytes);
        }
    }

    public void AddLong(ushort tag, long? value)
    {
        if (value is { } number)
        {
            fields[tag] = (Long, 1, Bytes(checked((uint)number)));
        }
    }

    public void AddRational(ushort tag, (uint Numerator, uint Denominator)? value)
    {
        if (value is { } ratio)
        {
            fields[tag] = (Rational, 1, [.. Bytes(ratio.Numerator), .. Bytes(ratio.Denominator)]);
        }
    }

    /// <summary>To a hundredth.</summary>
    public void AddSignedRational(ushort tag, double? value)
    {
        if (value is { } number)
        {
            fields[tag] = (SignedRational, 1, [.. Bytes(unchecked((uint)(int)Math.Round(number * 100))), .. Bytes(100)]);
        }
    }

    public void AddBytes(ushort tag, byte[] value) => fields[tag] = (Undefined, (uint)value.Length, value);

    /// <summary>The directory as it stands at an offset from the beginning of the TIFF file.</summary>
    public byte[] At(uint offset)
    {
        using var entries = new MemoryStream();
        using var values = new MemoryStream();
        var next = offset + 2 + (12 * (uint)fields.Count) + 4;
        Write(entries, (ushort)fields.Count);
        foreach (var (tag, (type, count, value)) in fields)
        {
            Write(entries, tag);
            Write(entries, type);
            entries.Write(Bytes(count));
            if (value.Length <= 4)
            {
                entries.Write(value);
                entries.Write(new byte[4 - value.Length]);
            }
            else
            {
                entries.Write(Bytes(next + (uint)values.Length));
                values.Write(value);
                values.Write(new byte[Even(value.Length) - value.Length]);
            }
        }

        entries.Write(Bytes(0));
        values.WriteTo(entries);
        return entries.ToArray();
    }

    private static int Even(int length) => (length + 1) & ~1;

    private static void Write(MemoryStream stream, ushort value) => stream.Write([(byte)value, (byte)(value >> 8)]);

    private static byte[] Bytes(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
