using System.Globalization;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Photography;

namespace PiCam.Blazor.Live;

/// <summary>Shutter, ISO and exposure compensation, in photographers' units.</summary>
public sealed partial class ExposureGroup : CameraControlComponent
{
    private (ControlRange<TimeSpan> Range, LogScale Scale)? shutterScale;
    private (ControlRange<double> Range, LogScale Scale)? gainScale;

    private TimeSpan? ActualShutter => State.Actual?.ExposureTime;

    // While automatic the thumb follows the camera, so that switching to manual starts from what one sees.
    private TimeSpan Shutter =>
        State.Asked.ExposureTime ?? ActualShutter ?? State.Capabilities?.ExposureTime?.Default ?? TimeSpan.Zero;

    private double Gain =>
        State.Asked.AnalogueGain ?? State.Actual?.AnalogueGain ?? State.Capabilities?.AnalogueGain?.Default ?? 1;

    private bool IsManual => State.Asked is { ExposureTime: not null, AnalogueGain: not null, ExposureValue: not 0 };

    private static int ThirdsIn(ControlRange<double> stops) => (int)Math.Round((stops.Maximum - stops.Minimum) * 3);

    private static string StopsText(double stops) =>
        stops.ToString("+0.#;−0.#;0", CultureInfo.InvariantCulture) + " EV";

    private LogScale ShutterScale(ControlRange<TimeSpan> range)
    {
        if (shutterScale?.Range != range)
        {
            shutterScale = (range, LogScale.Thirds(range.Minimum.TotalSeconds, range.Maximum.TotalSeconds, reciprocal: true));
        }

        return shutterScale.Value.Scale;
    }

    private LogScale GainScale(ControlRange<double> range)
    {
        if (gainScale?.Range != range)
        {
            gainScale = (range, LogScale.Thirds(range.Minimum, range.Maximum));
        }

        return gainScale.Value.Scale;
    }

    private Task SetShutterAsync(TimeSpan? exposureTime) => ChangeAsync(c => c with { ExposureTime = exposureTime });

    private Task SetGainAsync(double? gain) => ChangeAsync(c => c with { AnalogueGain = gain });

    private Task SetStopsAsync(double stops) => ChangeAsync(c => c with { ExposureValue = stops });

    private Task TypeShutterAsync(string text) => ShutterSpeed.TryParse(text, out var exposureTime)
        ? SetShutterAsync(exposureTime)
        : RefuseAsync(ControlNames.ExposureTime, text, T["ShutterExamples"]);

    private Task TypeIsoAsync(string text)
    {
        var digits = text.Replace("ISO", "", StringComparison.OrdinalIgnoreCase);
        return TryNumber(digits, out var iso)
            ? SetGainAsync(iso / Iso.Base)
            : RefuseAsync(ControlNames.AnalogueGain, text, T["IsoExamples"]);
    }

    private Task TypeStopsAsync(string text)
    {
        var number = text.Replace("EV", "", StringComparison.OrdinalIgnoreCase).Replace('−', '-');
        return TryNumber(number, out var stops)
            ? SetStopsAsync(stops)
            : RefuseAsync(ControlNames.ExposureValue, text, T["StopsExamples"]);
    }

    private Task RefuseAsync(string field, string text, string allowed) =>
        Action.RunAsync(() => Task.FromException(new InvalidValueException(new InvalidValue(field, $"“{text}”", allowed))));

    private static bool TryNumber(string text, out double value) => double.TryParse(
        text.Trim().Replace(',', '.'),
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
        CultureInfo.InvariantCulture,
        out value);
}
