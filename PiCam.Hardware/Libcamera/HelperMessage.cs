using System.Text.Json;

namespace PiCam.Hardware.Libcamera;

/// <summary>One message of the camera helper (Native/PROTOCOL.md).</summary>
/// <param name="Kind">Four letters, such as FRAM.</param>
/// <param name="Json">Always an object.</param>
/// <param name="Data">A JPEG, or nothing.</param>
/// <param name="Oversized">The data was larger than any picture and was thrown away.</param>
internal sealed record HelperMessage(string Kind, JsonElement Json, byte[] Data, bool Oversized);
