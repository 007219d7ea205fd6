namespace PiCam.Core.Gimbals.Calibration;

/// <summary>What a person says of an axis once its ends and its middle are marked.</summary>
public sealed record CalibrationForm
{
    /// <summary>How many degrees lie between the ends.</summary>
    public double Turn { get; init; } = 180;

    /// <inheritdoc cref="AxisSettings.Inverted"/>
    public bool Inverted { get; init; }

    /// <summary>Degrees; null: as far as the ends let it.</summary>
    public double? MinimumAngle { get; init; }

    /// <inheritdoc cref="MinimumAngle"/>
    public double? MaximumAngle { get; init; }

    /// <inheritdoc cref="AxisSettings.HomeAngle"/>
    public double HomeAngle { get; init; }

    /// <inheritdoc cref="AxisSettings.MaximumSpeed"/>
    public double MaximumSpeed { get; init; } = 60;

    /// <inheritdoc cref="AxisSettings.DetachAfter"/>
    public double DetachAfter { get; init; } = 5;
}
