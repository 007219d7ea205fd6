using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>Whether the library can take more.</summary>
/// <param name="State">"ok", "full" or "readOnly".</param>
/// <param name="Free">Bytes on its disk; null: unknown.</param>
/// <param name="Warning">What to do; null: nothing.</param>
internal sealed record MediaStorageDocument(MediaStorageCondition State, long? Free, string? Warning)
{
    public static MediaStorageDocument From(MediaStorage storage) =>
        new(storage.State.Condition, storage.State.FreeBytes, storage.State.Warning?.English);
}
