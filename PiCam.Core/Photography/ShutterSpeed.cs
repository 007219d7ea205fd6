using System.Globalization;

namespace PiCam.Core.Photography;

/// <summary>Exposure times as photographers write them: 1/250 s, 0.5 s, 6 s.</summary>
public static class ShutterSpeed
{
    // What cameras print for the R10 numbers 1/12.5, 1/16, 1/32 and 1/64.
    private static readonly (double Exact, int Printed)[] Customary = [(12.5, 13), (16, 15), (32, 30), (64, 60)];

    /// <summary>For example "1/250 s", "0.4 s", "2.5 s".</summary>
    public static string Format(TimeSpan exposureTime)
    {
        var seconds = exposureTime.TotalSeconds;
        if (seconds <= 0)
        {
            return "0 s";
        }

        // From 0.3 s on cameras print decimals.
        if (seconds >= 0.29)
        {
            return seconds.ToString(seconds < 10 ? "0.##" : "0.#", CultureInfo.InvariantCulture) + " s";
        }

        return "1/" + Denominator(1 / seconds) + " s";
    }

    /// <summary>Reads "1/250", "1/250 s", "0.5", "0.5 s", "20 ms" or "800 µs".</summary>
    /// <returns>False when it is none of these, or not positive.</returns>
    public static bool TryParse(string? text, out TimeSpan exposureTime)
    {
        exposureTime = default;
        var trimmed = (text ?? "").Trim().ToLowerInvariant().Replace(',', '.');
        var unit = 1.0;
        foreach (var (suffix, seconds) in new[] { ("ms", 1e-3), ("µs", 1e-6), ("μs", 1e-6), ("us", 1e-6), ("s", 1.0), ("秒", 1.0) })
        {
            if (trimmed.EndsWith(suffix, StringComparison.Ordinal))
            {
                unit = seconds;
                trimmed = trimmed[..^suffix.Length].TrimEnd();
                break;
            }
        }

        var parts = trimmed.Split('/');
        if (parts.Length > 2 || !Number(parts[0], out var value))
        {
            return false;
        }

        if (parts.Length == 2)
        {
            if (!Number(parts[1], out var denominator) || denominator <= 0)
            {
                return false;
            }

            value /= denominator;
        }

        value *= unit;
        if (value is not (> 0 and < 86_400))
        {
            return false;
        }

        exposureTime = TimeSpan.FromSeconds(value);
        return exposureTime > TimeSpan.Zero;
    }

    private static string Denominator(double value)
    {
        foreach (var (exact, printed) in Customary)
        {
            if (Math.Abs(value - exact) < exact * 0.005)
            {
                return printed.ToString(CultureInfo.InvariantCulture);
            }
        }

        if (value < 10)
        {
            return value.ToString("0.#", CultureInfo.InvariantCulture);
        }

        // Three digits are as much as anyone reads: 1/249.7 is 1/250, 1/12345 is 1/12300.
        var magnitude = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) - 2));
        return (Math.Round(value / magnitude) * magnitude).ToString("0", CultureInfo.InvariantCulture);
    }

    private static bool Number(string text, out double value) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
