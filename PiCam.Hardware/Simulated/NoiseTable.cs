namespace PiCam.Hardware.Simulated;

/// <summary>Normally distributed numbers, made once; a frame reads runs of them from places that its seed chooses.</summary>
internal static class NoiseTable
{
    /// <summary>A run may start anywhere below this.</summary>
    public const int Starts = 1 << 16;

    /// <summary>A run may be this long.</summary>
    public const int LongestRun = 256;

    /// <summary>Mean 0, standard deviation 1.</summary>
    public static float[] Values { get; } = Make();

    private static float[] Make()
    {
        var values = new float[Starts + LongestRun];
        var state = 0x9E3779B97F4A7C15UL;
        for (var i = 0; i < values.Length; i += 2)
        {
            // Box and Muller's transform of two uniform numbers.
            var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(ref state)));
            var (sin, cos) = Math.SinCos(2 * Math.PI * Uniform(ref state));
            values[i] = (float)(radius * cos);
            values[i + 1] = (float)(radius * sin);
        }

        return values;
    }

    /// <summary>The next number of a SplitMix64 sequence.</summary>
    public static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static double Uniform(ref ulong state) => (Next(ref state) >> 11) * (1.0 / (1UL << 53));
}
