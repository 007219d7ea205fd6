using System.Globalization;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Hardware.Rpicam;

/// <summary>
/// What rpicam-vid says of a frame on its standard error (<c>--info-text</c>; rpicam-apps, core/frame_info.hpp and
/// preview/null_preview.cpp). It goes its own way beside the pictures: the newest line belongs to a picture or its neighbour.
/// </summary>
internal sealed class RpicamInfo
{
    /// <summary>What rpicam-vid is to say. Tokens that it does not know (%temp, before 2023) stay as they are.</summary>
    public const string Text =
        Begin + "%frame fps=%fps exp=%exp ag=%ag dg=%dg rg=%rg bg=%bg focus=%focus ae=%aelock lp=%lp temp=%temp";

    private const string Begin = "picam frame=";

    private readonly Dictionary<string, double> values = [];

    /// <summary>Takes a line apart; null when it is another one.</summary>
    public static RpicamInfo? Parse(string line)
    {
        if (!line.StartsWith(Begin, StringComparison.Ordinal))
        {
            return null;
        }

        var info = new RpicamInfo();
        foreach (var pair in line.Split(' '))
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                && double.TryParse(pair.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            {
                info.values[pair[..at]] = value;
            }
        }

        return info;
    }

    /// <summary>What it tells, over what was known; rpicam-vid writes 0 for what the camera does not say, −1 for a lens.</summary>
    public FrameMetadata Over(FrameMetadata known) => known with
    {
        ExposureTime = Positive("exp") is { } exposure ? TimeSpan.FromMicroseconds(Math.Min(exposure, 1e12)) : known.ExposureTime,
        AnalogueGain = Positive("ag") ?? known.AnalogueGain,
        DigitalGain = Positive("dg") ?? known.DigitalGain,
        ColourGains = Positive("rg") is { } red && Positive("bg") is { } blue ? new ColourGains(red, blue) : known.ColourGains,
        FrameDuration = Positive("fps") is { } rate and > 0.001 ? TimeSpan.FromSeconds(1 / rate) : known.FrameDuration,
        FocusFoM = Positive("focus"),
        AeLocked = values.TryGetValue("ae", out var locked) ? locked > 0 : null,
        LensPosition = values.TryGetValue("lp", out var position) && position >= 0 ? position : known.LensPosition,
        SensorTemperature = values.TryGetValue("temp", out var temperature) && temperature != 0 ? temperature : null,
    };

    private double? Positive(string name) => values.TryGetValue(name, out var value) && value > 0 ? value : null;
}
