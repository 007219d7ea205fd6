using System.Globalization;

namespace PiCam.Core.Gimbals;

/// <summary>Which values an aim command takes.</summary>
internal static class GimbalRules
{
    private const string Pan = "pan";
    private const string Tilt = "tilt";

    /// <summary>What is wrong with the angles of an absolute move; empty when all is well.</summary>
    public static IReadOnlyList<InvalidValue> CheckAngles(double? pan, double? tilt, AxisLimits panLimits, AxisLimits tiltLimits)
    {
        if (pan is null && tilt is null)
        {
            return [new(Pan, "absent, as is tilt", Allowed.AnAngle)];
        }

        var errors = new List<InvalidValue>();
        Check(errors, Pan, pan, panLimits.MinimumAngle, panLimits.MaximumAngle, "°");
        Check(errors, Tilt, tilt, tiltLimits.MinimumAngle, tiltLimits.MaximumAngle, "°");
        return errors;
    }

    /// <summary>What is wrong with the degrees of a relative move; empty when all is well.</summary>
    public static IReadOnlyList<InvalidValue> CheckDegrees(PanTilt degrees)
    {
        var errors = new List<InvalidValue>();
        Check(errors, Pan, degrees.Pan, double.MinValue, double.MaxValue, "°");
        Check(errors, Tilt, degrees.Tilt, double.MinValue, double.MaxValue, "°");
        return errors;
    }

    /// <summary>What is wrong with the speed of a move; empty when all is well.</summary>
    public static IReadOnlyList<InvalidValue> CheckSpeed(double speed) =>
        speed is > 0 and <= 1 ? [] : [new("speed", Text(speed), Allowed.AboveUpTo("0", "1"))];

    /// <summary>What is wrong with a continuous move; empty when all is well.</summary>
    public static IReadOnlyList<InvalidValue> CheckVelocity(PanTilt velocity, TimeSpan timeout)
    {
        var errors = new List<InvalidValue>();
        Check(errors, Pan, velocity.Pan, -1, 1, "");
        Check(errors, Tilt, velocity.Tilt, -1, 1, "");
        if (timeout <= TimeSpan.Zero || timeout > Gimbal.MaximumTimeout)
        {
            errors.Add(new(
                "timeout", $"{Text(timeout.TotalSeconds)} s", Allowed.AboveUpTo("0 s", $"{Text(Gimbal.MaximumTimeout.TotalSeconds)} s")));
        }

        return errors;
    }

    private static void Check(
        List<InvalidValue> errors, string field, double? value, double minimum, double maximum, string unit)
    {
        // Written so that NaN fails.
        if (value is { } v && !(v >= minimum && v <= maximum))
        {
            errors.Add(new(field, Text(v) + unit, maximum == double.MaxValue
                ? Allowed.AnyNumber
                : Allowed.Range(Text(minimum) + unit, Text(maximum) + unit)));
        }
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
