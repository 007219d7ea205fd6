using System.Text.Json;
using System.Text.Json.Nodes;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Cameras.Controls;
using PiCam.Core.Photography.Looks;

namespace PiCam.Blazor.Api;

/// <summary>Looks as a JSON document, to carry them from panel to panel.</summary>
internal static class LookFile
{
    /// <summary>The longest document that is read, in bytes.</summary>
    public const int LongestBytes = 128 * 1024;

    private const int Version = 1;
    private const string VersionField = "version";
    private const string LooksField = "looks";
    private const string NameField = "name";
    private const string ControlsField = "controls";

    /// <summary>What of a look's controls is not automatic, by the names and in the units of the controls' own document.</summary>
    public static JsonObject Controls(Look look, CameraCapabilities capabilities)
    {
        var all = ControlValues.Asked(look.Controls, capabilities);
        return new JsonObject(ControlTable.All
            .Where(control => all.ContainsKey(control.Name) && !control.Same(look.Controls, CameraControls.Automatic))
            .Select(control => KeyValuePair.Create(control.Name, all[control.Name]?.DeepClone())));
    }

    /// <summary>The document.</summary>
    public static JsonObject Write(IEnumerable<Look> looks, CameraCapabilities capabilities) => new()
    {
        [VersionField] = Version,
        [LooksField] = new JsonArray(
            [.. looks.Select(look => new JsonObject { [NameField] = look.Name, [ControlsField] = Controls(look, capabilities) })]),
    };

    /// <summary>Reads the document strictly: what a camera cannot take, or is not part of a look, is refused by name.</summary>
    /// <exception cref="InvalidValueException">Every field that cannot be used, such as <c>looks[0].contrast</c>.</exception>
    /// <exception cref="JsonException">A look is not a JSON object.</exception>
    public static IReadOnlyList<(string Name, CameraControls Controls)> Read(JsonFields document, CameraCapabilities capabilities)
    {
        document.Know(VersionField, LooksField);
        if (!document.Has(VersionField, "1", out var version) || version.ValueKind != JsonValueKind.Number || version.GetDouble() != Version)
        {
            document.ComplainIfThere(VersionField, "1");
        }

        if (!document.Has(LooksField, "a list of looks", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > LookBook.Most)
        {
            document.ComplainIfThere(LooksField, $"a list of at most {LookBook.Most} looks");
        }

        document.Refuse();
        List<InvalidValue> errors = [];
        List<(string, CameraControls)> looks = [];
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            try
            {
                looks.Add(ReadOne(JsonFields.Of(item), capabilities));
            }
            catch (InvalidValueException invalid)
            {
                errors.AddRange(invalid.Errors.Select(error => error with { Field = $"{LooksField}[{index}].{error.Field}" }));
            }
        }

        return errors.Count == 0 ? looks : throw new InvalidValueException(errors);
    }

    private static (string Name, CameraControls Controls) ReadOne(JsonFields look, CameraCapabilities capabilities)
    {
        look.Know(NameField, ControlsField);
        var name = look.Text(NameField);
        look.Has(ControlsField, "an object", out var given);
        if (given.ValueKind != JsonValueKind.Object)
        {
            look.ComplainIfThere(ControlsField, "an object");
        }

        look.Refuse();
        var (trimmed, wrong) = GivenName.Check(name);
        var controls = ControlsPatch.Read(JsonFields.Of(given), capabilities)(CameraControls.Automatic);
        var part = Look.Part(controls);
        InvalidValue[] errors =
        [
            .. wrong is null ? Array.Empty<InvalidValue>() : [wrong],
            .. CameraControlsRules.Check(controls, capabilities),
            .. ControlTable.All.Where(control => !control.Same(controls, part))
                .Select(control => new InvalidValue(control.Name, JsonFields.Quote(given.GetProperty(control.Name)), Allowed.NotPartOfALook)),
        ];
        return errors.Length == 0 ? (trimmed, part) : throw new InvalidValueException(errors);
    }
}
