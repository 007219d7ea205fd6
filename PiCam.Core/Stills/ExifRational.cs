namespace PiCam.Core.Stills;

/// <summary>A number as Exif writes it: one whole number divided by another, each of 32 bits.</summary>
internal readonly record struct ExifRational(long Numerator, long Denominator)
{
    /// <summary>Exif's infinite distance.</summary>
    public static ExifRational Infinity { get; } = new(uint.MaxValue, 1);

    /// <summary>Shutter speeds as people read them: 1/250 where that is it within half a microsecond (a camera tells whole ones), else exact.</summary>
    public static ExifRational Of(TimeSpan exposureTime)
    {
        var denominator = Math.Max(1, (long)Math.Round((double)TimeSpan.TicksPerSecond / exposureTime.Ticks));
        if (Math.Abs(((double)TimeSpan.TicksPerSecond / denominator) - exposureTime.Ticks) <= TimeSpan.TicksPerMicrosecond / 2d)
        {
            return new(1, denominator);
        }

        var exact = Reduced(exposureTime.Ticks, TimeSpan.TicksPerSecond);
        return exact.Numerator <= uint.MaxValue
            ? exact
            : Reduced((long)Math.Round(exposureTime.TotalMicroseconds), 1_000_000);
    }

    /// <summary>To 0.001, and as thirds where it is thirds to 0.001.</summary>
    public static ExifRational Of(double value)
    {
        var thirds = Math.Round(value * 3);
        return Math.Abs((thirds / 3) - value) < 0.001 ? Reduced((long)thirds, 3) : Reduced((long)Math.Round(value * 1000), 1000);
    }

    /// <summary>Dioptres in metres.</summary>
    public static ExifRational Distance(double dioptres)
    {
        var thousandths = (long)Math.Round(dioptres * 1000);
        return thousandths == 0 ? Infinity : Reduced(1000, thousandths);
    }

    private static ExifRational Reduced(long numerator, long denominator)
    {
        var (a, b) = (Math.Abs(numerator), denominator);
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return new(numerator / a, denominator / a);
    }
}
