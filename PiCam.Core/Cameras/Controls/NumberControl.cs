using System.Globalization;
using PiCam.Core.Frames;

namespace PiCam.Core.Cameras.Controls;

/// <summary>A control with a number, or null for automatic.</summary>
public sealed class NumberControl(
    string name,
    Func<CameraCapabilities, ControlRange<double>?> range,
    Func<CameraControls, double?> get,
    Func<CameraControls, double?, CameraControls> set)
    : CameraControl(name)
{
    /// <summary>What stands after the number, such as " µs".</summary>
    public string Unit { get; init; } = "";

    /// <summary>The value that changes nothing, which every camera takes; null: automatic.</summary>
    public double? Neutral { get; init; }

    /// <summary>Whether only whole numbers are taken.</summary>
    public bool Whole { get; init; }

    /// <summary>The frame's own value; null: no metadata tells.</summary>
    public Func<FrameMetadata, double?>? Actual { get; init; }

    /// <summary>How far the frame's value may be off: relative, and absolute; a quantised sensor never shows the exact value.</summary>
    public (double Relative, double Absolute) Tolerance { get; init; } = (0.02, 0);

    /// <summary>What the camera takes; null: it lacks the control.</summary>
    public ControlRange<double>? Range(CameraCapabilities capabilities) => range(capabilities);

    /// <summary>The value; null: automatic.</summary>
    public double? Get(CameraControls controls) => get(controls);

    /// <summary>The state with another value; null: automatic, or <see cref="Neutral"/>.</summary>
    public CameraControls With(CameraControls controls, double? value) => set(controls, value ?? Neutral);

    /// <inheritdoc/>
    public override bool ExistsOn(CameraCapabilities capabilities) => range(capabilities) is not null;

    /// <inheritdoc/>
    public override IEnumerable<InvalidValue> Check(CameraControls controls, CameraCapabilities capabilities)
    {
        if (get(controls) is not { } value || value == Neutral)
        {
            yield break;
        }

        if (range(capabilities) is not { } limits)
        {
            yield return new(Name, Text(value), Allowed.NotOnThisCamera);
        }
        else if (!limits.Contains(value) || (Whole && value != Math.Floor(value)))
        {
            yield return new(Name, Text(value), Whole
                ? Allowed.WholeRange(Text(limits.Minimum), Text(limits.Maximum))
                : Allowed.Range(Text(limits.Minimum), Text(limits.Maximum)));
        }
    }

    /// <inheritdoc/>
    public override CameraControls Fit(CameraControls controls, CameraCapabilities capabilities)
    {
        var value = get(controls);
        var limits = range(capabilities);
        double? fitted = value is { } v && !double.IsNaN(v) && limits is not null ? limits.Clamp(v) : Neutral;
        return set(controls, Whole && fitted is { } f ? Math.Round(f) : fitted);
    }

    /// <inheritdoc/>
    public override bool Same(CameraControls a, CameraControls b) => Nullable.Equals(get(a), get(b));

    /// <inheritdoc/>
    public override bool? Confirmed(CameraControls asked, FrameMetadata? actual) =>
        Actual is null || get(asked) is not { } value || value == Neutral
            ? null
            : actual is not null && Actual(actual) is { } shown
                && Math.Abs(shown - value) <= Math.Max(Tolerance.Absolute, value * Tolerance.Relative);

    private string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture) + Unit;
}
