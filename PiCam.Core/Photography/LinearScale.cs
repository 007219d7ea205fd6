namespace PiCam.Core.Photography;

/// <summary>A scale of equal steps, for a slider.</summary>
public sealed class LinearScale : ISliderScale
{
    private readonly double[] values;

    /// <param name="minimum">The first value.</param>
    /// <param name="maximum">Greater than <paramref name="minimum"/>; the last value.</param>
    /// <param name="step">Greater than 0. Between the ends the values are multiples of it.</param>
    public LinearScale(double minimum, double maximum, double step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maximum, minimum);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        var first = (long)Math.Floor((minimum / step) + 1e-6) + 1;
        var last = (long)Math.Ceiling((maximum / step) - 1e-6) - 1;

        // Rounded, or 3 × 0.05 would not be what a person types as 0.15.
        var between = Enumerable.Range(0, (int)Math.Max(0, last - first + 1)).Select(i => Math.Round((first + i) * step, 6));
        values = [minimum, .. between, maximum];
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Values => values;

    /// <inheritdoc/>
    public int Last => values.Length - 1;

    /// <inheritdoc/>
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
        return next - 1 + ((value - values[next - 1]) / (values[next] - values[next - 1]));
    }
}
