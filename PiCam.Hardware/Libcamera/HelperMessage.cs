using System.Text.Json;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Libcamera;

/// <summary>One message of the camera helper (Native/PROTOCOL.md).</summary>
/// <param name="Kind">Four letters, such as FRAM.</param>
/// <param name="Json">Always an object.</param>
/// <param name="Data">A JPEG, or nothing; without <see cref="Half"/>.</param>
/// <param name="Oversized">The data was larger than any picture and was thrown away.</param>
internal sealed record HelperMessage(string Kind, JsonElement Json, byte[] Data, bool Oversized)
{
    /// <summary>The second stream's JPEG, or nothing.</summary>
    public byte[] Half { get; init; } = [];

    /// <summary>Of <see cref="Half"/>, in pixels, as the helper says; null: it has none.</summary>
    public PixelSize? HalfSize => HalfOf(Json)?.Numbers("size") is [>= 1 and < 1 << 16 and var width, >= 1 and < 1 << 16 and var height]
        ? new((int)width, (int)height)
        : null;

    /// <summary>How many of the data's bytes are <see cref="Half"/>.</summary>
    /// <param name="json">The message's.</param>
    /// <param name="all">The length of the data.</param>
    /// <exception cref="HelperProtocolException">It says that they are more, or fewer than none.</exception>
    public static int HalfLength(JsonElement json, int all)
    {
        var length = HalfOf(json)?.WholeNumber("length") ?? 0;
        return length >= 0 && length <= all
            ? (int)length
            : throw new HelperProtocolException($"the camera helper's second picture has {length} bytes of {all}");
    }

    private static JsonElement? HalfOf(JsonElement json) =>
        json.TryGetProperty("half", out var half) && half.ValueKind == JsonValueKind.Object ? half : null;
}
