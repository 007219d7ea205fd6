using System.Globalization;
using System.Text.RegularExpressions;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Libcamera;

namespace PiCam.Hardware.Rpicam;

/// <summary>
/// What rpicam-still says of a picture (<c>--metadata-format=txt</c>; rpicam-apps, core/metadata.hpp): a line for each of
/// libcamera's controls, such as "ExposureTime=9994" and "ColourGains=[ 1.900000, 1.400000 ]".
/// </summary>
internal sealed partial class RpicamStillInfo
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, double[]> values = [];

    /// <summary>Takes a line apart.</summary>
    /// <returns>Whether it is one of these.</returns>
    public bool Take(string line)
    {
        if (Pair().Match(line) is not { Success: true } pair)
        {
            return false;
        }

        double[] numbers = [.. Number().Matches(pair.Groups["value"].Value).Select(number => double.Parse(number.ValueSpan, CultureInfo.InvariantCulture))];
        lock (gate)
        {
            values[pair.Groups["name"].Value] = numbers;
        }

        return true;
    }

    /// <summary>What it tells, over what was known.</summary>
    public FrameMetadata Over(FrameMetadata known)
    {
        lock (gate)
        {
            return known with
            {
                ExposureTime = Time(LibcameraNames.ExposureTime) ?? known.ExposureTime,
                AnalogueGain = One(LibcameraNames.AnalogueGain) ?? known.AnalogueGain,
                DigitalGain = One("DigitalGain") ?? known.DigitalGain,
                ColourGains = values.GetValueOrDefault(LibcameraNames.ColourGains) is [var red, var blue] ? new ColourGains(red, blue) : known.ColourGains,
                ColourTemperature = One(LibcameraNames.ColourTemperature) ?? known.ColourTemperature,
                FrameDuration = Time("FrameDuration") ?? known.FrameDuration,
                Lux = One("Lux") ?? known.Lux,
                FocusFoM = One("FocusFoM") ?? known.FocusFoM,
                LensPosition = One(LibcameraNames.LensPosition) ?? known.LensPosition,
                SensorTemperature = One("SensorTemperature") ?? known.SensorTemperature,
            };
        }
    }

    private double? One(string name) => values.GetValueOrDefault(name) is [var value] && double.IsFinite(value) ? value : null;

    private TimeSpan? Time(string name) => One(name) is >= 0 and < 1e12 and var microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;

    [GeneratedRegex(@"^(?<name>[A-Z][A-Za-z]{2,40})=(?<value>.*)$")]
    private static partial Regex Pair();

    [GeneratedRegex(@"-?\d+(?:\.\d+)?")]
    private static partial Regex Number();
}
