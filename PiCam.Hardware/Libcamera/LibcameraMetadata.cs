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
        var gains = metadata.Numbers("ColourGains");
        var crop = metadata.Numbers("ScalerCrop");
        return new FrameMetadata
        {
            SensorTimestamp = frame.WholeNumber("timestamp") is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / 100) : default,
            ControlsVersion = version,
            ExposureTime = Microseconds(metadata, "ExposureTime"),
            AnalogueGain = metadata.Number("AnalogueGain"),
            DigitalGain = metadata.Number("DigitalGain"),
            ColourGains = gains is [var red, var blue, ..] ? new ColourGains(red, blue) : null,
            ColourTemperature = metadata.Number("ColourTemperature"),
            FrameDuration = Microseconds(metadata, "FrameDuration"),
            ScalerCrop = crop is [var x, var y, var width, var height] ? new PixelRectangle((int)x, (int)y, (int)width, (int)height) : null,
            Lux = metadata.Number("Lux"),
            FocusFoM = metadata.Number("FocusFoM"),
            LensPosition = metadata.Number("LensPosition"),
            SensorTemperature = metadata.Number("SensorTemperature"),
            AeLocked = metadata.Number("AeState") is { } state ? state == Converged : metadata.Flag("AeLocked"),
        };
    }

    private static TimeSpan? Microseconds(JsonElement metadata, string name) =>
        metadata.Number(name) is >= 0 and < 1e12 and var microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;
}
