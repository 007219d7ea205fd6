using System.Globalization;

namespace PiCam.Core.Gimbals;

/// <summary>Which settings an axis can work with.</summary>
internal static class AxisRules
{
    // A hobby servo turns by 180°, geared ones by more; beyond a full turn either way it is a typing error.
    private const double FullTurn = 360;

    /// <summary>What is wrong with the settings; empty when all is well.</summary>
    public static IReadOnlyList<InvalidValue> Check(AxisSettings axis)
    {
        var errors = new List<InvalidValue>();
        Within(nameof(axis.MinimumAngle), axis.MinimumAngle, -FullTurn, FullTurn, "°");
        Within(nameof(axis.MaximumAngle), axis.MaximumAngle, -FullTurn, FullTurn, "°");
        Below(nameof(axis.MinimumAngle), axis.MinimumAngle, axis.MaximumAngle, "°");
        Within(nameof(axis.HomeAngle), axis.HomeAngle, axis.MinimumAngle, axis.MaximumAngle, "°");
        Above0(nameof(axis.MaximumSpeed), axis.MaximumSpeed, 1000, "°/s");
        Above0(nameof(axis.MaximumAcceleration), axis.MaximumAcceleration, 100_000, "°/s²");
        Pulse(nameof(axis.CentrePulse), axis.CentrePulse);
        Within(nameof(axis.PulsePerDegree), axis.PulsePerDegree, 1, 100, " µs/°");
        Pulse(nameof(axis.MinimumPulse), axis.MinimumPulse);
        Pulse(nameof(axis.MaximumPulse), axis.MaximumPulse);
        var pulses = AxisGeometry.Pulses(axis, PulseRange.Careful);
        Below(nameof(axis.MinimumPulse), pulses.Minimum, pulses.Maximum, " µs");
        Within(nameof(axis.DetachAfter), axis.DetachAfter, 0, 3600, " s");
        if (errors.Count == 0)
        {
            Reach();
        }

        return errors;

        // Between the angles and the pulses something must be left to move in.
        void Reach()
        {
            var (least, most) = AxisGeometry.Reach(axis, PulseRange.Careful);
            if (axis.MinimumAngle >= most)
            {
                Refuse(nameof(axis.MinimumAngle), axis.MinimumAngle, "°", Allowed.Below(Text(most, "°")));
            }
            else if (axis.MaximumAngle <= least)
            {
                Refuse(nameof(axis.MaximumAngle), axis.MaximumAngle, "°", Allowed.AboveUpTo(Text(least, "°"), Text(FullTurn, "°")));
            }
        }

        // Written so that NaN fails.
        void Within(string field, double value, double least, double most, string unit)
        {
            if (!(value >= least && value <= most))
            {
                Refuse(field, value, unit, Allowed.Range(Text(least, unit), Text(most, unit)));
            }
        }

        void Above0(string field, double value, double most, string unit)
        {
            if (!(value > 0 && value <= most))
            {
                Refuse(field, value, unit, Allowed.AboveUpTo(Text(0, unit), Text(most, unit)));
            }
        }

        void Below(string field, double value, double other, string unit)
        {
            if (value >= other)
            {
                Refuse(field, value, unit, Allowed.Below(Text(other, unit)));
            }
        }

        void Pulse(string field, double? value) =>
            Within(field, value ?? PulseRange.Widest.Minimum, PulseRange.Widest.Minimum, PulseRange.Widest.Maximum, " µs");

        void Refuse(string field, double value, string unit, Reason allowed) =>
            errors.Add(new(InvalidValue.Spell(field), Text(value, unit), allowed));
    }

    private static string Text(double value, string unit) => value.ToString("0.###", CultureInfo.InvariantCulture) + unit;
}
