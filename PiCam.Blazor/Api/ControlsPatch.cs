using System.Globalization;
using System.Text.Json;
using PiCam.Core;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Api;

/// <summary>Reads a JSON merge patch (RFC 7396) of the camera's controls: absent is unchanged, null is automatic or the default.</summary>
internal static class ControlsPatch
{
    // Far longer than any exposure, and short enough for a TimeSpan.
    private const long MostMicroseconds = 1_000_000_000_000;

    /// <returns>Makes the new state from the present one; ranges are left to the camera session.</returns>
    /// <exception cref="InvalidValueException">A field is unknown, not on this camera, or of the wrong type.</exception>
    public static Func<CameraControls, CameraControls> Read(JsonFields fields, CameraCapabilities capabilities)
    {
        var existing = ControlSet.Of(capabilities);
        fields.Know(existing);
        Func<CameraControls, CameraControls> patch = controls => controls;
        foreach (var (name, value) in fields.Present.Where(field => existing.Contains(field.Key)))
        {
            var before = patch;
            if (Change(name, value, fields, capabilities) is { } change)
            {
                patch = controls => change(before(controls));
            }
        }

        fields.Refuse();
        return patch;
    }

    private static Func<CameraControls, CameraControls>? Change(
        string name, JsonElement value, JsonFields fields, CameraCapabilities capabilities)
    {
        var isNull = value.ValueKind == JsonValueKind.Null;
        switch (name)
        {
            case ControlNames.ExposureTime when isNull:
                return c => c with { ExposureTime = null };
            case ControlNames.ExposureTime
                when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var us) && Math.Abs((double)us) <= MostMicroseconds:
                return c => c with { ExposureTime = TimeSpan.FromMicroseconds(us) };
            case ControlNames.ExposureTime:
                var range = capabilities.ExposureTime!;
                fields.Complain(name, string.Create(
                    CultureInfo.InvariantCulture,
                    $"whole microseconds, {Math.Ceiling(range.Minimum.TotalMicroseconds)} to {Math.Floor(range.Maximum.TotalMicroseconds)}, or null for automatic"));
                return null;

            case ControlNames.AnalogueGain:
                return Number("a number, or null for automatic", (c, gain) => c with { AnalogueGain = gain });
            case ControlNames.ExposureValue:
                return Number("a number of stops, or null for 0", (c, stops) => c with { ExposureValue = stops ?? 0 });
            case ControlNames.FrameRate:
                return Number("frames per second, or null for the camera's usual rate", (c, rate) => c with { FrameRate = rate });

            case ControlNames.AwbMode when isNull:
                return c => c with { AwbMode = AwbMode.Auto };
            case ControlNames.AwbMode
                when value.ValueKind == JsonValueKind.String
                && Array.Find(Enum.GetValues<AwbMode>(), m => m.ToString().Equals(value.GetString(), StringComparison.OrdinalIgnoreCase)) is var mode
                && mode.ToString().Equals(value.GetString(), StringComparison.OrdinalIgnoreCase):
                return c => c with { AwbMode = mode };
            case ControlNames.AwbMode:
                fields.Complain(name, "one of " + string.Join(", ", capabilities.AwbModes) + ", or null for Auto");
                return null;

            case ControlNames.ColourGains when isNull:
                return c => c with { ColourGains = null };
            case ControlNames.ColourGains when Numbers(value, 2) is [var red, var blue]:
                return c => c with { ColourGains = new ColourGains(red, blue) };
            case ControlNames.ColourGains:
                fields.Complain(name, "[red, blue] as two numbers, or null for automatic");
                return null;

            case ControlNames.ScalerCrop when isNull:
                return c => c with { ScalerCrop = null };
            case ControlNames.ScalerCrop when Numbers(value, 4) is [var x, var y, var width, var height]
                && new[] { x, y, width, height }.All(v => v == Math.Floor(v) && Math.Abs(v) <= int.MaxValue):
                return c => c with { ScalerCrop = new PixelRectangle((int)x, (int)y, (int)width, (int)height) };
            case ControlNames.ScalerCrop:
                fields.Complain(name, "[x, y, width, height] as four whole numbers of sensor pixels, or null for all");
                return null;
            default:
                throw new InvalidOperationException($"The control {name} is in the set but cannot be patched.");
        }

        Func<CameraControls, CameraControls>? Number(string allowed, Func<CameraControls, double?, CameraControls> set)
        {
            if (isNull || value.ValueKind == JsonValueKind.Number)
            {
                var number = isNull ? (double?)null : value.GetDouble();
                return c => set(c, number);
            }

            fields.Complain(name, allowed);
            return null;
        }
    }

    private static double[]? Numbers(JsonElement value, int count) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == count
        && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(v => v.GetDouble())]
            : null;
}
