using System.Globalization;
using Microsoft.Extensions.Options;

namespace PiCam.Core.Gimbals;

/// <summary>Refuses a gimbal configuration that cannot work, with every reason at once, each naming its key.</summary>
public sealed class GimbalOptionsValidator : IValidateOptions<GimbalOptions>
{
    public ValidateOptionsResult Validate(string? name, GimbalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var reasons = new List<string>();
        Check("Gimbal:Pan", options.Pan, reasons);
        Check("Gimbal:Tilt", options.Tilt, reasons);
        return reasons.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(reasons);
    }

    private static void Check(string key, AxisSettings axis, List<string> reasons)
    {
        // A hobby servo turns by 180°, geared ones by more; beyond a full turn either way it is a typing error.
        var range = Range(-360, 360);
        Demand(double.IsFinite(axis.MinimumAngle) && Math.Abs(axis.MinimumAngle) <= 360, $"MinimumAngle ({Text(axis.MinimumAngle)}°) must be {range}°");
        Demand(double.IsFinite(axis.MaximumAngle) && Math.Abs(axis.MaximumAngle) <= 360, $"MaximumAngle ({Text(axis.MaximumAngle)}°) must be {range}°");
        Demand(axis.MinimumAngle < axis.MaximumAngle, $"MinimumAngle ({Text(axis.MinimumAngle)}°) must be below MaximumAngle ({Text(axis.MaximumAngle)}°)");
        Demand(
            axis.HomeAngle >= axis.MinimumAngle && axis.HomeAngle <= axis.MaximumAngle,
            $"HomeAngle ({Text(axis.HomeAngle)}°) must lie between MinimumAngle ({Text(axis.MinimumAngle)}°) and MaximumAngle ({Text(axis.MaximumAngle)}°)");
        Demand(axis.MaximumSpeed is > 0 and <= 1000, $"MaximumSpeed ({Text(axis.MaximumSpeed)}°/s) must be above 0 and at most 1000°/s");
        Demand(axis.CentrePulse is >= 500 and <= 2500, $"CentrePulse ({Text(axis.CentrePulse)} µs) must be between 500 and 2500 µs");
        Demand(axis.PulsePerDegree is >= 1 and <= 100, $"PulsePerDegree ({Text(axis.PulsePerDegree)} µs/°) must be between 1 and 100 µs/°");
        Demand(axis.MinimumPulse is null or (>= 500 and <= 2500), $"MinimumPulse ({Text(axis.MinimumPulse)} µs) must be between 500 and 2500 µs");
        Demand(axis.MaximumPulse is null or (>= 500 and <= 2500), $"MaximumPulse ({Text(axis.MaximumPulse)} µs) must be between 500 and 2500 µs");
        Demand(
            (axis.MinimumPulse ?? PulseRange.Careful.Minimum) < (axis.MaximumPulse ?? PulseRange.Careful.Maximum),
            $"MinimumPulse ({Text(axis.MinimumPulse)} µs) must be below MaximumPulse ({Text(axis.MaximumPulse)} µs)");
        Demand(axis.DetachAfter is >= 0 and <= 3600, $"DetachAfter ({Text(axis.DetachAfter)} s) must be between 0 (never) and 3600 s");
        Demand(axis.MaximumAcceleration is > 0 and <= 100_000, $"MaximumAcceleration ({Text(axis.MaximumAcceleration)}°/s²) must be above 0 and at most 100000°/s²");

        void Demand(bool met, string reason)
        {
            if (!met)
            {
                reasons.Add($"{key}:{reason}.");
            }
        }
    }

    private static string Range(double from, double to) => $"between {Text(from)}° and {Text(to)}";

    private static string Text(double? value) => value is not { } number ? "the driver's" : number.ToString("0.###", CultureInfo.InvariantCulture);
}
