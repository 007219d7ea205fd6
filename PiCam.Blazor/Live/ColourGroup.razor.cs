using System.Globalization;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Photography;

namespace PiCam.Blazor.Live;

/// <summary>White balance: a light to assume, or fixed red and blue gains. Touching a gain makes it manual.</summary>
public sealed partial class ColourGroup : CameraControlComponent
{
    private const string Manual = "Manual";

    // Gains in use lie between 0.9 and 2.5 (libcamera's tunings); a slider over 0…32 could not be aimed. Any value can be typed.
    private const double LowestOnSlider = 0.4;
    private const double HighestOnSlider = 4;

    private (ControlRange<double> Range, LogScale Scale)? scaleInUse;

    private string Choice => State.Asked is { ColourGains: null, ColourTemperature: null } ? State.Asked.AwbMode.ToString() : Manual;

    private ColourGains Gains => State.Asked.ColourGains ?? State.Actual?.ColourGains ?? new ColourGains(1, 1);

    private static string GainText(double gain) => "× " + gain.ToString("0.00", CultureInfo.InvariantCulture);

    private LogScale Scale(ControlRange<double> range)
    {
        if (scaleInUse?.Range != range)
        {
            scaleInUse = (range, LogScale.Fine(
                Math.Max(range.Minimum, LowestOnSlider), Math.Min(range.Maximum, HighestOnSlider), stepsPerStop: 24));
        }

        return scaleInUse.Value.Scale;
    }

    private double? ActualPosition(LogScale scale, Func<ColourGains, double> colour) =>
        State.Actual?.ColourGains is { } actual ? scale.Position(colour(actual)) : null;

    private Task ChooseAsync(string? choice) => Enum.TryParse<AwbMode>(choice, out var mode)
        ? ChangeAsync(c => c with { AwbMode = mode, ColourGains = null, ColourTemperature = null })
        : SetAsync(Gains);

    private Task SetAsync(ColourGains? gains) => ChangeAsync(c => c with { ColourGains = gains, ColourTemperature = null });

    private Task TypeAsync(string text, Func<double, ColourGains> gains) =>
        double.TryParse(
            text.Trim('×', ' ').Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? SetAsync(gains(value))
            : Action.RunAsync(() => Task.FromException(new InvalidValueException(
                new InvalidValue(ControlNames.ColourGains, $"“{text}”", T["GainExamples"].Value))));
}
