using System.Text.Json;

namespace PiCam.Hardware.Libcamera;

/// <summary>One control of the running camera, as the helper describes it.</summary>
internal sealed class HelperControl(JsonElement json)
{
    /// <summary>Null: the camera does not state one, or it is no number.</summary>
    public double? Minimum => Number("minimum");

    /// <inheritdoc cref="Minimum"/>
    public double? Maximum => Number("maximum");

    /// <inheritdoc cref="Minimum"/>
    public double? Default => Number("default");

    /// <summary>x, y, width, height of a rectangle's bound; null when it is none.</summary>
    public double[]? Rectangle(string bound)
    {
        if (!json.TryGetProperty(bound, out var value) || value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        // An array control gives a list of one.
        var list = value.GetArrayLength() == 1 && value[0].ValueKind == JsonValueKind.Array ? value[0] : value;
        return list.GetArrayLength() == 4 && list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number)
            ? [.. list.EnumerateArray().Select(n => n.GetDouble())]
            : null;
    }

    /// <summary>The enumerators that the camera offers, by name; those of old libraries, which have no names, by the header's order.</summary>
    /// <param name="known">libcamera's names in the order of their numbers.</param>
    public IEnumerable<(string Name, int Number)> Enumerators(IReadOnlyList<string> known)
    {
        if (json.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Object)
        {
            return values.EnumerateObject().Where(v => v.Value.TryGetInt32(out _)).Select(v => (v.Name, v.Value.GetInt32())).ToList();
        }

        return known.Select((name, number) => (name, number)).Where(e => e.number >= (Minimum ?? 0) && e.number <= (Maximum ?? -1));
    }

    private double? Number(string name)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        // Array controls give the range of their elements, in some versions as an array.
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
        {
            value = value[0];
        }

        return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
    }
}
