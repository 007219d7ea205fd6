using System.Runtime.Intrinsics;

namespace PiCam.Hardware.Simulated;

/// <summary>
/// Unsharp masking: c' = c + (sharpness − 1) ÷ 2 × (c − mean of the four neighbours). What the scene's texture gives is
/// the normal sharpness 1; below it edges are softened, as where a camera adds no sharpening at all. Keeps its row buffers.
/// </summary>
internal sealed class Sharpening(int width, int height)
{
    // Rows with a pixel repeated beyond each end.
    private byte[] above = new byte[(width + 2) * 4];
    private byte[] centre = new byte[(width + 2) * 4];

    /// <summary>Changes a picture in place.</summary>
    /// <param name="pixels">Red, green, blue, unused; row by row without gaps.</param>
    /// <param name="sharpness">0 to 16; 1 changes nothing.</param>
    public void Apply(Span<byte> pixels, double sharpness)
    {
        var stride = width * 4;
        var amount = Vector128.Create((int)Math.Round((sharpness - 1) * 128));
        Load(pixels[..stride], above);
        for (var row = 0; row < height; row++)
        {
            var target = pixels.Slice(row * stride, stride);
            Load(target, centre);
            ReadOnlySpan<byte> below = row + 1 < height ? pixels.Slice((row + 1) * stride, stride) : centre.AsSpan(4, stride);
            for (var i = 0; i < stride; i += Vector128<byte>.Count)
            {
                // The last step may overlap the one before it: it reads from the copies, so that changes nothing.
                var at = Math.Min(i, stride - Vector128<byte>.Count);
                Change(
                    Vector128.Create<byte>(centre.AsSpan(at + 4)),
                    Vector128.Create<byte>(centre.AsSpan(at)),
                    Vector128.Create<byte>(centre.AsSpan(at + 8)),
                    Vector128.Create<byte>(above.AsSpan(at + 4)),
                    Vector128.Create(below[at..]),
                    amount).CopyTo(target[at..]);
            }

            (above, centre) = (centre, above);
        }
    }

    private static void Load(ReadOnlySpan<byte> row, byte[] padded)
    {
        row[..4].CopyTo(padded);
        row.CopyTo(padded.AsSpan(4));
        row[^4..].CopyTo(padded.AsSpan(row.Length + 4));
    }

    private static Vector128<byte> Change(
        Vector128<byte> centre, Vector128<byte> left, Vector128<byte> right, Vector128<byte> above, Vector128<byte> below, Vector128<int> amount)
    {
        var (c, l, r, a, b) = (Vector128.Widen(centre), Vector128.Widen(left), Vector128.Widen(right), Vector128.Widen(above), Vector128.Widen(below));
        return Vector128.Narrow(
            Change(c.Lower, (c.Lower << 2) - l.Lower - r.Lower - a.Lower - b.Lower, amount),
            Change(c.Upper, (c.Upper << 2) - l.Upper - r.Upper - a.Upper - b.Upper, amount));
    }

    /// <param name="centre">Bytes.</param>
    /// <param name="edge">Four times what the centre stands above its neighbours; below zero in two's complement.</param>
    /// <param name="amount">In 256ths.</param>
    private static Vector128<ushort> Change(Vector128<ushort> centre, Vector128<ushort> edge, Vector128<int> amount)
    {
        var (low, high) = Vector128.Widen(edge.AsInt16());
        var change = Vector128.Narrow((low * amount) >> 10, (high * amount) >> 10);
        return Vector128.Min(Vector128.Max(centre.AsInt16() + change, Vector128<short>.Zero), Vector128.Create((short)0xFF)).AsUInt16();
    }
}
