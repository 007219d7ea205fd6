using System.Runtime.CompilerServices;

namespace PiCam.Hardware.Simulated;

/// <summary>Smooth repeatable noise, 0 to 1, for clouds, waves and stone.</summary>
internal static class ValueNoise
{
    /// <summary>Several octaves, each half as strong and twice as fine.</summary>
    public static float Fractal(float x, float y, int octaves)
    {
        var (sum, weight, total) = (0f, 1f, 0f);
        for (var i = 0; i < octaves; i++)
        {
            sum += weight * At(x, y, 0);
            total += weight;
            weight *= 0.5f;
            (x, y) = ((x * 2.03f) + 19.7f, (y * 2.03f) + 4.3f);
        }

        return sum / total;
    }

    /// <param name="x">Across; repeats after <paramref name="period"/>.</param>
    /// <param name="y">Along.</param>
    /// <param name="period">In units of x; 0 for none.</param>
    public static float At(float x, float y, int period)
    {
        var (column, row) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (fx, fy) = (x - column, y - row);
        fx = fx * fx * (3 - (2 * fx));
        fy = fy * fy * (3 - (2 * fy));
        var next = column + 1;
        if (period > 0)
        {
            column = ((column % period) + period) % period;
            next = ((next % period) + period) % period;
        }

        var top = Hash(column, row) + ((Hash(next, row) - Hash(column, row)) * fx);
        var bottom = Hash(column, row + 1) + ((Hash(next, row + 1) - Hash(column, row + 1)) * fx);
        return top + ((bottom - top) * fy);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Hash(int x, int y)
    {
        var h = ((uint)x * 0x8DA6B343u) ^ ((uint)y * 0xD8163841u);
        h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
        h = (h ^ (h >> 12)) * 0x297A2D39u;
        return ((h ^ (h >> 15)) >> 8) * (1f / (1 << 24));
    }
}
