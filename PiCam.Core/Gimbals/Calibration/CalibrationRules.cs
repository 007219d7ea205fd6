using System.Globalization;

namespace PiCam.Core.Gimbals.Calibration;

/// <summary>From what was found to settings.</summary>
internal static class CalibrationRules
{
    /// <summary>What is allowed where no calibration is under way.</summary>
    public static Reason Begun { get; } = new("a calibration that was begun here", "allowed.calibrationBegun");

    private static Reason Marked { get; } = new("a mark: bring the servo there and mark it", "allowed.marked");

    /// <exception cref="InvalidValueException">Something is missing or cannot work.</exception>
    public static AxisSettings Settings(CalibrationRun found, CalibrationForm form)
    {
        var errors = new List<InvalidValue>();
        var low = Demand("lowEnd", found.LowEnd);
        var high = Demand("highEnd", found.HighEnd);
        var centre = Demand("centre", found.Centre);
        if (!(form.Turn is >= 10 and <= 720))
        {
            errors.Add(new("turn", Text(form.Turn) + "°", Allowed.Range("10°", "720°")));
        }

        if (errors.Count == 0 && !(low < centre && centre < high))
        {
            errors.Add(new("centre", Text(centre) + " µs", Allowed.Range(Text(low) + " µs", Text(high) + " µs")));
        }

        if (errors.Count > 0)
        {
            throw new InvalidValueException(errors);
        }

        var perDegree = (high - low) / form.Turn;
        var (left, right) = ((low - centre) / perDegree, (high - centre) / perDegree);
        var reach = form.Inverted ? (-right, -left) : (left, right);
        var settings = new AxisSettings
        {
            MinimumPulse = low,
            MaximumPulse = high,
            CentrePulse = centre,
            PulsePerDegree = perDegree,
            Inverted = form.Inverted,
            MinimumAngle = form.MinimumAngle ?? Math.Round(reach.Item1, 1),
            MaximumAngle = form.MaximumAngle ?? Math.Round(reach.Item2, 1),
            HomeAngle = form.HomeAngle,
            MaximumSpeed = form.MaximumSpeed,

            // To full speed in a quarter of a second, as the default does.
            MaximumAcceleration = 4 * form.MaximumSpeed,
            DetachAfter = form.DetachAfter,
        };
        return AxisRules.Check(settings) is { Count: > 0 } wrong ? throw new InvalidValueException(wrong) : settings;

        double Demand(string field, double? value)
        {
            if (value is null)
            {
                errors.Add(new(field, "missing", Marked));
            }

            return value ?? 0;
        }
    }

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
