using System.Globalization;
using PiCam.Core.Frames;

namespace PiCam.Core.Cameras.Controls;

/// <summary>Red and blue gain, or automatic white balance.</summary>
public sealed class ColourGainsControl() : CameraControl(ControlNames.ColourGains)
{
    /// <inheritdoc/>
    public override bool ExistsOn(CameraCapabilities capabilities) => capabilities.ColourGains is not null;

    /// <inheritdoc/>
    public override IEnumerable<InvalidValue> Check(CameraControls controls, CameraCapabilities capabilities)
    {
        if (controls.ColourGains is not { } gains)
        {
            yield break;
        }

        foreach (var (colour, value) in new[] { ("red", gains.Red), ("blue", gains.Blue) })
        {
            if (capabilities.ColourGains is not { } range)
            {
                yield return new(Name, Text(colour, value), Allowed.NotOnThisCamera);
            }
            else if (!range.Contains(value))
            {
                yield return new(Name, Text(colour, value), Allowed.Range(Text(range.Minimum), Text(range.Maximum)));
            }
        }
    }

    /// <inheritdoc/>
    public override CameraControls Fit(CameraControls controls, CameraCapabilities capabilities) => controls with
    {
        ColourGains = controls.ColourGains is { } gains && capabilities.ColourGains is { } range
            && !double.IsNaN(gains.Red) && !double.IsNaN(gains.Blue)
                ? new ColourGains(range.Clamp(gains.Red), range.Clamp(gains.Blue))
                : null,
    };

    /// <inheritdoc/>
    public override bool Same(CameraControls a, CameraControls b) => a.ColourGains == b.ColourGains;

    /// <inheritdoc/>
    public override bool? Confirmed(CameraControls asked, FrameMetadata? actual) => asked.ColourGains is { } gains
        ? Near(gains.Red, actual?.ColourGains?.Red) && Near(gains.Blue, actual?.ColourGains?.Blue)
        : null;

    private static bool Near(double asked, double? actual) =>
        actual is { } a && Math.Abs(a - asked) <= Math.Max(0.01, asked * 0.02);

    private static string Text(string colour, double value) => $"{colour} {Text(value)}";

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
