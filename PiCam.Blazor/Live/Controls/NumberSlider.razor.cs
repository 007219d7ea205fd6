using System.Globalization;
using Microsoft.AspNetCore.Components;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Cameras.Controls;
using PiCam.Core.Photography;

namespace PiCam.Blazor.Live.Controls;

/// <summary>A slider for one number of <see cref="ControlTable"/>; not there when the camera lacks the control.</summary>
public sealed partial class NumberSlider : CameraControlComponent
{
    private NumberControl number = default!;
    private (ControlRange<double> Range, ISliderScale Scale)? scaleInUse;

    /// <summary>One of <see cref="ControlNames"/>; its name on the page is the text "Control." + it.</summary>
    [Parameter, EditorRequired]
    public string Control { get; set; } = "";

    /// <summary>The distance of two positions, in the control's own unit.</summary>
    [Parameter, EditorRequired]
    public double Step { get; set; }

    /// <summary>The slider's ends where the camera's own range is wider than anybody aims at; any value can be typed.</summary>
    [Parameter]
    public double Lowest { get; set; } = double.NegativeInfinity;

    [Parameter]
    public double Highest { get; set; } = double.PositiveInfinity;

    /// <summary>What the page shows is the value times this, so that 1.2 can be 120 %.</summary>
    [Parameter]
    public double Factor { get; set; } = 1;

    /// <summary>The unit, as the page shows it.</summary>
    [Parameter]
    public string Unit { get; set; } = "";

    /// <summary>Whether positive values carry a sign.</summary>
    [Parameter]
    public bool WithSign { get; set; }

    /// <summary>What changes with the value.</summary>
    [Parameter]
    public Func<CameraControls, CameraControls> Along { get; set; } = controls => controls;

    private double? Asked => number.Get(State.Asked);

    private double? Actual => State.Actual is { } frame ? number.Actual?.Invoke(frame) : null;

    protected override void OnParametersSet() => number = ControlTable.Number(Control);

    // While automatic the thumb follows the camera, so that switching to manual starts from what one sees.
    private double Value(ControlRange<double> range) => Asked ?? Actual ?? range.Default;

    private string Format(double value) =>
        (value * Factor).ToString(WithSign ? "+0.##;−0.##;0" : "0.##;−0.##;0", CultureInfo.InvariantCulture) + Unit;

    private ISliderScale ScaleOf(ControlRange<double> range)
    {
        if (scaleInUse?.Range != range)
        {
            var (low, high) = (Math.Max(range.Minimum, Lowest), Math.Min(range.Maximum, Highest));
            scaleInUse = (range, high > low ? new LinearScale(low, high, Step) : new LinearScale(range.Minimum, range.Maximum, Step));
        }

        return scaleInUse.Value.Scale;
    }

    private Task SetAsync(double? value) => ChangeAsync(c => Along(number.With(c, value)));

    private Task TypeAsync(string text, ControlRange<double> range)
    {
        var digits = text.Replace(Unit.Trim() is { Length: > 0 } unit ? unit : " ", "", StringComparison.OrdinalIgnoreCase)
            .Trim().Replace(',', '.').Replace('−', '-');
        return double.TryParse(
            digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var shown)
            ? SetAsync(shown / Factor)
            : Action.RunAsync(() => Task.FromException(new InvalidValueException(
                new InvalidValue(Control, $"“{text}”", $"{Format(range.Minimum)} … {Format(range.Maximum)}"))));
    }
}
