using System.Text.Json;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Hardware.Libcamera;

/// <summary>From a frame message to what PiCam knows of a frame.</summary>
internal static class LibcameraMetadata
{
    private const int Converged = 2; // AeStateConverged, libcamera 0.5 and later

    public static FrameMetadata From(JsonElement frame, long version)
    {
        var metadata = frame.TryGetProperty("metadata", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var gains = List(metadata, "ColourGains");
        var crop = List(metadata, "ScalerCrop");
        return new FrameMetadata
        {
            SensorTimestamp = frame.TryGetProperty("timestamp", out var at) && at.TryGetInt64Safe(out var nanoseconds)
                ? TimeSpan.FromTicks(nanoseconds / 100)
                : default,
            ControlsVersion = version,
            ExposureTime = Microseconds(metadata, "ExposureTime"),
            AnalogueGain = Number(metadata, "AnalogueGain"),
            DigitalGain = Number(metadata, "DigitalGain"),
            ColourGains = gains is [var red, var blue, ..] ? new ColourGains(red, blue) : null,
            ColourTemperature = Number(metadata, "ColourTemperature"),
            FrameDuration = Microseconds(metadata, "FrameDuration"),
            ScalerCrop = crop is [var x, var y, var width, var height] ? new PixelRectangle((int)x, (int)y, (int)width, (int)height) : null,
            Lux = Number(metadata, "Lux"),
            FocusFoM = Number(metadata, "FocusFoM"),
            LensPosition = Number(metadata, "LensPosition"),
            SensorTemperature = Number(metadata, "SensorTemperature"),
            AeLocked = Number(metadata, "AeState") is { } state ? state == Converged : Flag(metadata, "AeLocked"),
        };
    }

    private static bool TryGetInt64Safe(this JsonElement element, out long value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out value);
    }

    private static double? Number(JsonElement metadata, string name) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;

    private static bool? Flag(JsonElement metadata, string name) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;

    private static TimeSpan? Microseconds(JsonElement metadata, string name) =>
        Number(metadata, name) is >= 0 and < 1e12 and var microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;

    private static double[]? List(JsonElement metadata, string name) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
        && value.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(n => n.GetDouble())]
            : null;
}
