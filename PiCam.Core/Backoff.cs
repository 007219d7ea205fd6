namespace PiCam.Core;

/// <summary>How long to wait before the next attempt at something that keeps failing. Pure arithmetic; the caller does the waiting.</summary>
/// <param name="random">Spreads the waits, so that several cameras behind one fault do not all come back in the same instant.</param>
public sealed class Backoff(Random random)
{
    /// <summary>The first wait, before jitter.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait, jitter included.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>How long something has to work before its earlier failures are forgotten.</summary>
    public static readonly TimeSpan HealthyAfter = TimeSpan.FromSeconds(60);

    /// <summary>A wait lies within this fraction of its nominal value, either way.</summary>
    public const double Jitter = 0.2;

    private TimeSpan nominal = First;

    /// <summary>The wait before the next attempt: 0.5, 1, 2, … 30 s, each ±20 % and never above 30 s.</summary>
    public TimeSpan Next()
    {
        var wait = nominal * (1 + (Jitter * ((2 * random.NextDouble()) - 1)));
        nominal = Doubled(nominal, Longest);
        return wait < Longest ? wait : Longest;
    }

    /// <summary>Twice as long, and at most <paramref name="most"/>.</summary>
    public static TimeSpan Doubled(TimeSpan wait, TimeSpan most) => 2 * wait < most ? 2 * wait : most;

    /// <summary>Tells how long the last attempt worked before it failed; 60 s or more start the waits over.</summary>
    public void ReportHealthy(TimeSpan healthyFor)
    {
        if (healthyFor >= HealthyAfter)
        {
            nominal = First;
        }
    }
}
