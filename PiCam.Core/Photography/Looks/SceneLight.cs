using System.Text.Json.Serialization;
using PiCam.Core.Frames;

namespace PiCam.Core.Photography.Looks;

/// <summary>How much light a scene gives, so that two moments can be compared in stops.</summary>
/// <param name="Lux">As the camera estimates it; null: it does not.</param>
/// <param name="Luminance">Of the picture, linear, for one second at gain 1; null: there was no picture.</param>
public sealed record SceneLight(double? Lux, double? Luminance)
{
    /// <summary>Beyond so many stops, a frozen exposure no longer fits.</summary>
    public const double DriftedStops = 1;

    // A warning that is shown goes when the scene is clearly back, not with each cloud at the limit.
    private const double BackStops = 0.75;

    // sRGB's curve is within a few percent of this power, and a third of a stop would not matter here.
    private const double Gamma = 2.2;

    // Black in a picture is not endlessly dark.
    private const double LeastLuma = 1;
    private const double LeastLux = 0.01;

    /// <summary>Whether anything was measured.</summary>
    [JsonIgnore]
    public bool IsKnown => (Lux ?? Luminance) is not null;

    /// <summary>What a frame and its picture tell.</summary>
    /// <param name="frame">The frame's metadata.</param>
    /// <param name="luma">The picture's mean luma, 0 to 255; null: there is no picture.</param>
    public static SceneLight Of(FrameMetadata frame, double? luma)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var exposure = (frame.ExposureTime?.TotalSeconds ?? 1) * (frame.AnalogueGain ?? 1) * (frame.DigitalGain ?? 1);
        return new SceneLight(frame.Lux, luma is { } l && exposure > 0 ? Math.Pow(Math.Max(l, LeastLuma) / 255, Gamma) / exposure : null);
    }

    /// <summary>By how many stops this is brighter than <paramref name="before"/>: from lux where both have it, else from the pictures; null: neither.</summary>
    public double? StopsFrom(SceneLight before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return (Lux, before.Lux) is ({ } now, { } then) ? Math.Log2(Math.Max(now, LeastLux) / Math.Max(then, LeastLux))
            : (Luminance, before.Luminance) is ({ } lit, { } was) ? Math.Log2(lit / was)
            : null;
    }

    /// <summary>Whether to warn of that many stops; one that is shown already goes a little later than it comes.</summary>
    public static bool HasDrifted(double? stops, bool warned) => Math.Abs(stops ?? 0) > (warned ? BackStops : DriftedStops);
}
