namespace PiCam.Core.Gimbals;

/// <summary>Which pulses a servo takes, in microseconds.</summary>
public readonly record struct PulseRange(double Minimum, double Maximum)
{
    /// <summary>The middle 90° of nearly every hobby servo: what one that nobody has calibrated is given.</summary>
    public static PulseRange Careful { get; } = new(1000, 2000);

    /// <summary>As far as hobby servos go. Whoever writes more would only press against their ends.</summary>
    public static PulseRange Widest { get; } = new(500, 2500);

    /// <summary>Lets a pulse pass that lies within.</summary>
    /// <param name="microseconds">Its width.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside, or is NaN.</exception>
    public void Demand(double microseconds)
    {
        if (!(microseconds >= Minimum && microseconds <= Maximum))
        {
            throw new ArgumentOutOfRangeException(
                nameof(microseconds), microseconds, string.Create(null, $"A pulse is {Minimum} to {Maximum} µs wide."));
        }
    }
}
