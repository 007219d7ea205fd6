namespace PiCam.Core.Photography;

/// <summary>A logarithmic scale of discrete values, for a slider whose steps look equally large to the eye.</summary>
public sealed class LogScale : ISliderScale
{
    // Renard's R10 series: the round numbers that photographers know. Its step, 10^(1/10), is a third of a stop within 0.1 %.
    private static readonly double[] Series = [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.4, 8];

    private readonly double[] values;

    private LogScale(double[] values)
    {
        this.values = values;
    }

    /// <summary>Thirds of a stop on round numbers (100, 125, 160, 200 …); for shutter speeds below a second their reciprocals are round.</summary>
    /// <param name="minimum">Greater than 0; the first value of the scale.</param>
    /// <param name="maximum">Greater than <paramref name="minimum"/>; the last value of the scale.</param>
    /// <param name="reciprocal">Round numbers for 1/value where the value is below 1.</param>
    public static LogScale Thirds(double minimum, double maximum, bool reciprocal = false)
    {
        CheckEnds(minimum, maximum);

        // A round number next to an end would be a step that hardly moves.
        const double margin = 1.02;
        var round = RoundNumbers(reciprocal).Where(v => v > minimum * margin && v < maximum / margin);
        return new LogScale([minimum, .. round, maximum]);
    }

    /// <summary>Equal steps, rounded to 0.01.</summary>
    /// <param name="minimum">At least 0.1; the first value of the scale.</param>
    /// <param name="maximum">Greater than <paramref name="minimum"/>; the last value of the scale.</param>
    /// <param name="stepsPerStop">Steps from one value to its double; 1 to 24.</param>
    public static LogScale Fine(double minimum, double maximum, int stepsPerStop)
    {
        CheckEnds(minimum, maximum);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimum, 0.1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepsPerStop);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stepsPerStop, 24);
        var steps = (int)Math.Ceiling(Math.Log2(maximum / minimum) * stepsPerStop);
        var between = Enumerable.Range(1, steps - 1)
            .Select(i => Math.Round(minimum * Math.Pow(2, (double)i / stepsPerStop), 2));
        return new LogScale([minimum, .. between.Where(v => v > minimum && v < maximum).Distinct(), maximum]);
    }

    /// <summary>The scale's values, ascending; both ends included.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>The number of the last value; positions run from 0 to here.</summary>
    public int Last => values.Length - 1;

    /// <summary>The nearest position for a value, by ratio.</summary>
    public int Nearest(double value) => (int)Math.Round(Position(value), MidpointRounding.AwayFromZero);

    /// <summary>Where a value lies on the scale, with fractions; values outside lie at the ends.</summary>
    public double Position(double value)
    {
        if (!(value > values[0]))
        {
            return 0;
        }

        if (value >= values[^1])
        {
            return Last;
        }

        var next = Array.FindIndex(values, v => v > value);
        var (low, high) = (values[next - 1], values[next]);
        return next - 1 + (Math.Log(value / low) / Math.Log(high / low));
    }

    private static void CheckEnds(double minimum, double maximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimum);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maximum, minimum);
    }

    // 0.1 µs to 10^7: wider than any camera.
    private static IEnumerable<double> RoundNumbers(bool reciprocal)
    {
        var numbers = Enumerable.Range(-7, 14)
            .SelectMany(decade => Series.Select(mantissa => mantissa * Math.Pow(10, decade)));
        return reciprocal
            ? numbers.Where(v => v >= 1).SelectMany(v => new[] { v, 1 / v }).Distinct().Order()
            : numbers;
    }
}
