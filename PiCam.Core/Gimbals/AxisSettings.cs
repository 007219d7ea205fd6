namespace PiCam.Core.Gimbals;

/// <summary>What one axis of the gimbal may do, and how its servo is mounted: from the configuration, or as calibrated.</summary>
public sealed record AxisSettings
{
    /// <summary>Microseconds of pulse for one degree: 500 to 2500 µs turn most hobby servos by 180°.</summary>
    public const double NominalPulsePerDegree = 11.11;

    /// <summary>Degrees.</summary>
    public double MinimumAngle { get; init; } = -90;

    /// <summary>Degrees.</summary>
    public double MaximumAngle { get; init; } = 90;

    /// <summary>Degrees; where GotoHome goes.</summary>
    public double HomeAngle { get; init; }

    /// <summary>Degrees per second.</summary>
    public double MaximumSpeed { get; init; } = 60;

    /// <summary>Degrees per second squared.</summary>
    public double MaximumAcceleration { get; init; } = 240;

    /// <summary>Microseconds; where 0° is.</summary>
    public double CentrePulse { get; init; } = 1500;

    /// <summary>Microseconds per degree, above 0.</summary>
    public double PulsePerDegree { get; init; } = NominalPulsePerDegree;

    /// <summary>Microseconds; no pulse is ever shorter. Null: the driver's, which is narrow until the servo's ends are known.</summary>
    public double? MinimumPulse { get; init; }

    /// <summary>Microseconds; no pulse is ever longer. Null: the driver's, which is narrow until the servo's ends are known.</summary>
    public double? MaximumPulse { get; init; }

    /// <summary>Longer pulses turn to the left, or down.</summary>
    public bool Inverted { get; init; }

    /// <summary>
    /// Seconds at rest after which the pulses stop, so that the servo neither trembles nor heats; 0: never, for a load that
    /// would sag.
    /// </summary>
    public double DetachAfter { get; init; } = 5;
}
