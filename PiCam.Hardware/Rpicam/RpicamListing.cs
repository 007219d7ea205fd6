using System.Globalization;
using System.Text.RegularExpressions;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Rpicam;

/// <summary>A camera in the list that <c>rpicam-vid --list-cameras --verbose</c> prints (rpicam-apps, core/options.cpp).</summary>
/// <param name="Index">Its number for <c>--camera</c>.</param>
/// <param name="Model">For example <c>ov5647</c>.</param>
/// <param name="Id">libcamera's id.</param>
/// <param name="PixelArray">The whole sensor; null when it is not told.</param>
/// <param name="Modes">One for each size, the deepest.</param>
/// <param name="Ranges">What the controls take, by libcamera's names, in the largest mode; null: an older program, which does not list them.</param>
internal sealed partial record RpicamListing(
    int Index,
    string Model,
    string Id,
    PixelSize? PixelArray,
    IReadOnlyList<RpicamMode> Modes,
    IReadOnlyDictionary<string, (double Minimum, double Maximum)>? Ranges)
{
    // libcamera's answer where there is none: a camera that another program has.
    private const int Unknown = ushort.MaxValue;

    /// <summary>All cameras of the list, in its order.</summary>
    public static IReadOnlyList<RpicamListing> Parse(string list)
    {
        var cameras = new List<RpicamListing>();
        var modes = new List<RpicamMode>();
        var ranges = new Dictionary<string, (double, double)>();
        var bitDepth = 0;
        foreach (var line in list.Split('\n'))
        {
            if (Camera().Match(line) is { Success: true } camera)
            {
                Finish();
                cameras.Add(new RpicamListing(
                    Number(camera, "index"), camera.Groups["model"].Value, camera.Groups["id"].Value, Size(camera), [], null));
                continue;
            }

            if (Format().Match(line) is { Success: true } format)
            {
                // "SRGGB10_CSI2P", "R8", "SBGGR16": the first number is the depth.
                bitDepth = Number(format, "depth");
            }

            if (Mode().Match(line) is { Success: true } mode)
            {
                var isKnown = Number(mode, "cropWidth") is > 0 and < Unknown;
                modes.Add(new RpicamMode(
                    Size(mode)!.Value,
                    bitDepth,
                    double.Parse(mode.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture),
                    isKnown ? new(Number(mode, "x"), Number(mode, "y"), Number(mode, "cropWidth"), Number(mode, "cropHeight")) : null));
            }
            else if (Control().Match(line) is { Success: true } control)
            {
                ranges[control.Groups["name"].Value] = (
                    double.Parse(control.Groups["minimum"].ValueSpan, CultureInfo.InvariantCulture),
                    double.Parse(control.Groups["maximum"].ValueSpan, CultureInfo.InvariantCulture));
            }
        }

        Finish();
        return cameras;

        void Finish()
        {
            if (cameras.Count > 0)
            {
                cameras[^1] = cameras[^1] with
                {
                    Modes = [.. modes.GroupBy(mode => mode.Size).Select(same => same.MaxBy(mode => mode.BitDepth)!)],
                    Ranges = ranges.Count > 0 ? ranges : null,
                };
            }

            (modes, ranges) = ([], []);
        }
    }

    private static PixelSize? Size(Match match) =>
        match.Groups["width"].Success ? new(Number(match, "width"), Number(match, "height")) : null;

    private static int Number(Match match, string group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // "0 : ov5647 [2592x1944 10-bit GBRG] (/base/soc/i2c0mux/i2c@1/ov5647@36)"; older: "[2592x1944]".
    [GeneratedRegex(@"^(?<index>\d+) : (?<model>\S+) \[(?:(?<width>\d{1,5})x(?<height>\d{1,5}))?[^\]]*\] \((?<id>.+)\)\s*$")]
    private static partial Regex Camera();

    // "    Modes: 'SGBRG10_CSI2P' : 640x480 [58.92 fps - (16, 0)/2560x1920 crop]", and further sizes in lines of their own.
    [GeneratedRegex(@"'[A-Za-z]*(?<depth>\d{1,2})[^']*' : ")]
    private static partial Regex Format();

    [GeneratedRegex(@"(?<width>\d{1,5})x(?<height>\d{1,5}) \[(?<rate>\d+\.\d+) fps - \((?<x>\d{1,5}), (?<y>\d{1,5})\)/(?<cropWidth>\d{1,5})x(?<cropHeight>\d{1,5}) crop\]")]
    private static partial Regex Mode();

    // "    AnalogueGain : [1.000000..63.937500]"
    [GeneratedRegex(@"^\s+(?<name>\w+) : \[(?<minimum>-?\d+(?:\.\d+)?)\.\.(?<maximum>-?\d+(?:\.\d+)?)\]")]
    private static partial Regex Control();
}
