using System.Globalization;
using System.Text.Json;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Cameras.Controls;

namespace PiCam.Blazor.Api;

/// <summary>Reads a JSON merge patch (RFC 7396) of the camera's controls: absent is unchanged, null is automatic or the default.</summary>
internal static class ControlsPatch
{
    // Far longer than any exposure, and short enough for a TimeSpan.
    private const double Most = 1e12;

    /// <returns>Makes the new state from the present one; ranges are left to the camera session.</returns>
    /// <exception cref="InvalidValueException">A field is unknown, not on this camera, or of the wrong type.</exception>
    public static Func<CameraControls, CameraControls> Read(JsonFields fields, CameraCapabilities capabilities)
    {
        var existing = ControlTable.All.Where(control => control.ExistsOn(capabilities)).ToDictionary(control => control.Name);
        fields.Know([.. existing.Keys]);
        Func<CameraControls, CameraControls> patch = controls => controls;
        foreach (var (name, value) in fields.Present)
        {
            var before = patch;
            if (existing.TryGetValue(name, out var control) && Change(control, value, fields, capabilities) is { } change)
            {
                patch = controls => change(before(controls));
            }
        }

        // Both fix the white balance: the one that is set releases the other.
        if (Sets(ControlNames.ColourTemperature) && !Sets(ControlNames.ColourGains))
        {
            var before = patch;
            patch = controls => before(controls) with { ColourGains = null };
        }
        else if (Sets(ControlNames.ColourGains) && !Sets(ControlNames.ColourTemperature))
        {
            var before = patch;
            patch = controls => before(controls) with { ColourTemperature = null };
        }

        fields.Refuse();
        return patch;

        bool Sets(string name) => fields.Present.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;
    }

    private static Func<CameraControls, CameraControls>? Change(
        CameraControl control, JsonElement value, JsonFields fields, CameraCapabilities capabilities)
    {
        var isNull = value.ValueKind == JsonValueKind.Null;
        switch (control)
        {
            case NumberControl number when isNull:
                return c => number.With(c, null);
            case NumberControl number when value.ValueKind == JsonValueKind.Number && value.GetDouble() is var given
                && Math.Abs(given) <= Most && (!ControlValues.IsWhole(number) || given == Math.Floor(given)):
                return c => number.With(c, given);
            case NumberControl number:
                fields.Complain(control.Name, Allowed(number, number.Range(capabilities)!));
                return null;

            case ChoiceControl choice when isNull || (value.ValueKind == JsonValueKind.String
                && choice.With(CameraControls.Automatic, ControlValues.Unspell(value.GetString()!), capabilities) is not null):
                var text = isNull ? null : ControlValues.Unspell(value.GetString()!);
                return c => choice.With(c, text, capabilities)!;
            case ChoiceControl choice:
                fields.Complain(
                    control.Name,
                    "one of " + string.Join(", ", choice.Offered(capabilities).Select(o => o.Replace('×', 'x'))) + ", or null for the default");
                return null;

            case ToggleControl toggle when value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
                return c => toggle.With(c, value.ValueKind == JsonValueKind.True);
            case ToggleControl:
                fields.Complain(control.Name, "true or false");
                return null;

            case ColourGainsControl when isNull:
                return c => c with { ColourGains = null };
            case ColourGainsControl when Numbers(value, 2) is [var red, var blue]:
                return c => c with { ColourGains = new ColourGains(red, blue) };
            case ColourGainsControl:
                fields.Complain(control.Name, "[red, blue] as two numbers, or null for automatic");
                return null;

            case ScalerCropControl when isNull:
                return c => c with { ScalerCrop = null };
            case ScalerCropControl when Numbers(value, 4) is [var x, var y, var width, var height]
                && new[] { x, y, width, height }.All(v => v == Math.Floor(v) && Math.Abs(v) <= int.MaxValue):
                return c => c with { ScalerCrop = new PixelRectangle((int)x, (int)y, (int)width, (int)height) };
            case ScalerCropControl:
                fields.Complain(control.Name, "[x, y, width, height] as four whole numbers of sensor pixels, or null for all");
                return null;
            default:
                throw new InvalidOperationException($"The control {control.Name} cannot be patched.");
        }
    }

    private static string Allowed(NumberControl control, ControlRange<double> range)
    {
        var otherwise = control.Neutral is { } neutral
            ? string.Create(CultureInfo.InvariantCulture, $"null for {neutral}")
            : "null for automatic";
        return ControlValues.IsWhole(control)
            ? string.Create(
                CultureInfo.InvariantCulture, $"a whole number, {Math.Ceiling(range.Minimum)} to {Math.Floor(range.Maximum)}{control.Unit}, or {otherwise}")
            : string.Create(CultureInfo.InvariantCulture, $"a number, {range.Minimum} to {range.Maximum}{control.Unit}, or {otherwise}");
    }

    private static double[]? Numbers(JsonElement value, int count) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == count
        && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(v => v.GetDouble())]
            : null;
}
