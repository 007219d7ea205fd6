using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>Whether the library can take more, and what takes its room.</summary>
/// <param name="State">"ok", "full" or "readOnly".</param>
/// <param name="Free">Bytes on its disk; null: unknown.</param>
/// <param name="Warning">What to do; null: nothing.</param>
/// <param name="Used">Bytes of all its files.</param>
/// <param name="Protected">Of them, those that nobody may delete.</param>
/// <param name="Deleted">Of them, those that are deleted but can be brought back.</param>
/// <param name="PerDay">Bytes that came a day on average, in the last seven days.</param>
/// <param name="DaysLeft">When the room that the rules leave is used up at this rate; null: never, or nobody knows.</param>
internal sealed record MediaStorageDocument(
    MediaStorageCondition State, long? Free, string? Warning, long Used, long Protected, long Deleted, long PerDay, double? DaysLeft)
{
    public static MediaStorageDocument From(MediaStorage storage, MediaUsage usage, MediaRules rules, DateOnly today) => new(
        storage.State.Condition, storage.State.FreeBytes, storage.State.Warning?.English, usage.Bytes, usage.ProtectedBytes, usage.DeletedBytes,
        (long)usage.BytesPerDay(today), usage.DaysLeft(today, storage.State.FreeBytes, rules) is { } days ? Math.Round(days, 1) : null);
}
