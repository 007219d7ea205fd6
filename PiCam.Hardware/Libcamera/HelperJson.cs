using System.Text.Json;

namespace PiCam.Hardware.Libcamera;

/// <summary>Reads what a message of the helper may hold; null where it does not, or something of another kind.</summary>
internal static class HelperJson
{
    public static double? Number(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>A whole number of at most 64 bits.</summary>
    public static long? WholeNumber(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static bool? Flag(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    public static string? Text(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static double[]? Numbers(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Array } value && value.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(n => n.GetDouble())]
            : null;

    private static JsonElement? Find(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}
