using System.Text.Json;
using System.Text.Json.Nodes;
using PiCam.Core.Cameras;
using PiCam.Core.Cameras.Controls;
using PiCam.Core.Frames;

namespace PiCam.Blazor.Api;

/// <summary>The camera's controls as JSON, by libcamera's names: the only place that knows how each kind of value is spelled.</summary>
internal static class ControlValues
{
    /// <summary>What was asked for; null is automatic. A control that the camera lacks is absent.</summary>
    public static JsonObject Asked(CameraControls controls, CameraCapabilities capabilities) =>
        Of(capabilities, (control) => control switch
        {
            NumberControl number => Number(number, number.Get(controls)),
            ChoiceControl choice => choice.Get(controls) is { } text ? Spell(text) : null,
            ToggleControl toggle => toggle.Get(controls),
            ColourGainsControl => Pair(controls.ColourGains),
            ScalerCropControl => Quad(controls.ScalerCrop),
            _ => throw new InvalidOperationException($"The control {control.Name} has no JSON."),
        });

    /// <summary>What a frame says; a control that it does not mention is absent.</summary>
    public static JsonObject Actual(FrameMetadata metadata, CameraCapabilities capabilities) =>
        new(Of(capabilities, (control) => control switch
        {
            NumberControl { Actual: { } actual } number => Number(number, actual(metadata) is { } value ? Math.Round(value, 4) : null),
            ColourGainsControl => Pair(metadata.ColourGains),
            ScalerCropControl => Quad(metadata.ScalerCrop),
            _ => null,
        }).Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    /// <summary>What each control takes; a control that the camera lacks is absent.</summary>
    public static JsonObject Limits(CameraCapabilities capabilities) => Of(capabilities, (control) => control switch
    {
        NumberControl number => Range(number, number.Range(capabilities)!),
        ChoiceControl choice => new JsonArray([.. choice.Offered(capabilities).Select(text => (JsonNode)Spell(text))]),
        ToggleControl => new JsonArray(false, true),
        ColourGainsControl => Range(null, capabilities.ColourGains!),
        ScalerCropControl => new JsonObject
        {
            ["minimum"] = new JsonArray((capabilities.ScalerCropMinimum ?? new(1, 1)).Width, (capabilities.ScalerCropMinimum ?? new(1, 1)).Height),
            ["maximum"] = Quad(capabilities.ScalerCropMaximum),
        },
        _ => throw new InvalidOperationException($"The control {control.Name} has no JSON."),
    });

    /// <summary>As the API spells a choice: <c>centreWeighted</c>, <c>1280x720</c>.</summary>
    public static string Spell(string choice) => JsonNamingPolicy.CamelCase.ConvertName(choice.Replace('×', 'x'));

    /// <summary>The name that the API's spelling stands for.</summary>
    public static string Unspell(string spelled) =>
        spelled.Length > 0 && char.IsAsciiDigit(spelled[0]) ? spelled.Replace('x', '×') : spelled;

    private static JsonObject Of(CameraCapabilities capabilities, Func<CameraControl, JsonNode?> value) =>
        new(ControlTable.All
            .Where(control => control.ExistsOn(capabilities))
            .Select(control => KeyValuePair.Create(control.Name, value(control))));

    // Exposure times are whole microseconds on the wire, as in libcamera.
    private static JsonNode? Number(NumberControl control, double? value) => value switch
    {
        null => null,
        { } whole when IsWhole(control) => (long)Math.Round(whole),
        { } number => number,
    };

    // Rounded inwards: what this says is accepted.
    private static JsonObject Range(NumberControl? control, ControlRange<double> range) => control is not null && IsWhole(control)
        ? new() { ["minimum"] = (long)Math.Ceiling(range.Minimum), ["maximum"] = (long)Math.Floor(range.Maximum), ["default"] = (long)Math.Round(range.Default) }
        : new() { ["minimum"] = range.Minimum, ["maximum"] = range.Maximum, ["default"] = range.Default };

    /// <summary>Whether the API takes whole numbers only.</summary>
    public static bool IsWhole(NumberControl control) => control.Whole || control.Name == ControlNames.ExposureTime;

    private static JsonArray? Pair(ColourGains? gains) => gains is { } g ? new(g.Red, g.Blue) : null;

    private static JsonArray? Quad(PixelRectangle? crop) => crop is { } c ? new(c.X, c.Y, c.Width, c.Height) : null;
}
