using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PiCam.Hardware.Simulated;

/// <summary>Moves colours away from their grey or towards it: c' = y + saturation × (c − y), with y the luma of ITU-R BT.601, as libcamera's colour matrix does.</summary>
internal static class Saturation
{
    private const int Lanes = 8;

    /// <summary>Changes a picture in place.</summary>
    /// <param name="pixels">Red, green, blue, unused.</param>
    /// <param name="saturation">0 is black and white, 1 changes nothing, up to 32.</param>
    public static void Apply(Span<byte> pixels, double saturation)
    {
        var words = MemoryMarshal.Cast<byte, uint>(pixels);
        var factor = Vector256.Create((int)Math.Round(saturation * 256));
        var whole = words.Length - (words.Length % Lanes);
        for (var i = 0; i < whole; i += Lanes)
        {
            var part = words.Slice(i, Lanes);
            Change(Vector256.Create<uint>(part), factor).CopyTo(part);
        }

        Span<uint> rest = stackalloc uint[Lanes];
        words[whole..].CopyTo(rest);
        Change(Vector256.Create<uint>(rest), factor).CopyTo(rest);
        rest[..(words.Length - whole)].CopyTo(words[whole..]);
    }

    private static Vector256<uint> Change(Vector256<uint> pixels, Vector256<int> factor)
    {
        var low = Vector256.Create(0xFF);
        var red = pixels.AsInt32() & low;
        var green = (pixels >>> 8).AsInt32() & low;
        var blue = (pixels >>> 16).AsInt32() & low;
        var luma = ((red * 77) + (green * 150) + (blue * 29) + Vector256.Create(128)) >> 8;
        return (Mix(red, luma, factor)
            | (Mix(green, luma, factor) << 8)
            | (Mix(blue, luma, factor) << 16)).AsUInt32() | Vector256.Create(0xFF000000);
    }

    private static Vector256<int> Mix(Vector256<int> colour, Vector256<int> luma, Vector256<int> factor) => Vector256.Min(
        Vector256.Max(luma + ((((colour - luma) * factor) + Vector256.Create(128)) >> 8), Vector256<int>.Zero), Vector256.Create(0xFF));
}
