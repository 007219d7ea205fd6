using PiCam.Core.Photography.Looks;

namespace PiCam.Blazor.Api;

/// <summary>The controls that a lock holds, as the controls' own document spells them. Null: not held.</summary>
/// <param name="ExposureTime">Microseconds.</param>
/// <param name="AnalogueGain">Linear.</param>
/// <param name="ColourGains">Red and blue, linear.</param>
/// <param name="ColourTemperature">Kelvin.</param>
internal sealed record FrozenDocument(long? ExposureTime, double? AnalogueGain, IReadOnlyList<double>? ColourGains, double? ColourTemperature)
{
    public static FrozenDocument From(FrozenControls frozen) => new(
        frozen.ExposureTime is { } time ? (long)Math.Round(time.TotalMicroseconds) : null,
        frozen.AnalogueGain,
        frozen.ColourGains is { } gains ? [gains.Red, gains.Blue] : null,
        frozen.ColourTemperature);
}
