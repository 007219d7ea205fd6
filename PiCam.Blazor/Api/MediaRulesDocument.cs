using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>How much room the library may take and for how long it keeps what.</summary>
/// <param name="ReserveMegabytes">MB that stay free on its disk; 0: nothing goes for that.</param>
/// <param name="QuotaMegabytes">MB that all its files take at most; null: as much as there is.</param>
/// <param name="KeepDays">For each kind, the days after which it goes; null: it stays.</param>
internal sealed record MediaRulesDocument(int ReserveMegabytes, int? QuotaMegabytes, IReadOnlyDictionary<string, int?> KeepDays)
{
    public static MediaRulesDocument From(MediaRules rules) => new(
        rules.ReserveMegabytes,
        rules.QuotaMegabytes,
        Enum.GetValues<MediaKind>().ToDictionary(
            kind => ControlValues.Spell($"{kind}"), kind => rules.KeepDays.TryGetValue(kind, out var days) ? days : (int?)null));
}
