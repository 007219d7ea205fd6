using System.Numerics;

namespace PiCam.Hardware.Simulated;

/// <summary>Between sRGB bytes and linear light (IEC 61966-2-1).</summary>
internal static class LinearColour
{
    private static readonly float[] FromByte = [.. Enumerable.Range(0, 256).Select(i => (float)Decode(i / 255.0))];

    /// <summary>Linear light to an sRGB fraction, both 0 to 1.</summary>
    public static double Encode(double linear) =>
        linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;

    /// <summary>An sRGB fraction to linear light, both 0 to 1.</summary>
    public static double Decode(double encoded) =>
        encoded <= 0.04045 ? encoded / 12.92 : Math.Pow((encoded + 0.055) / 1.055, 2.4);

    /// <summary>A painted pixel (red, green, blue, alpha; premultiplied sRGB) laid over linear light, blended in linear light.</summary>
    public static Vector3 Over(ReadOnlySpan<byte> pixel, Vector3 behind)
    {
        int alpha = pixel[3];
        if (alpha == 0)
        {
            return behind;
        }

        var colour = new Vector3(Unmultiply(pixel[0], alpha), Unmultiply(pixel[1], alpha), Unmultiply(pixel[2], alpha));
        return Vector3.Lerp(behind, colour, alpha / 255f);
    }

    private static float Unmultiply(int value, int alpha) => FromByte[Math.Min(255, ((value * 255) + (alpha / 2)) / alpha)];
}
