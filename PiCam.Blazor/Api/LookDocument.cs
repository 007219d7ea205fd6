using PiCam.Core.Photography.Looks;

namespace PiCam.Blazor.Api;

/// <summary>The lock on exposure and white balance.</summary>
/// <param name="State">"free", "settling" or "locked".</param>
/// <param name="By">Who brought it there; null before the first time.</param>
/// <param name="At">When; null before the first time.</param>
/// <param name="Frozen">What is held.</param>
/// <param name="Settled">False: it was still moving when it was frozen.</param>
/// <param name="Progress">While settling, how much of the shortest wait is over, 0 to 1.</param>
/// <param name="DriftStops">By how many stops the scene is brighter than when it was locked; null: unknown.</param>
/// <param name="Drifted">Whether that is so much that the frozen exposure no longer fits.</param>
/// <param name="SettleEveryMinutes">After how many minutes it settles anew by itself; 0: never.</param>
internal sealed record LookDocument(
    string State,
    string? By,
    DateTimeOffset? At,
    FrozenDocument Frozen,
    bool Settled,
    double Progress,
    double? DriftStops,
    bool Drifted,
    int SettleEveryMinutes)
{
    public static LookDocument From(LookLock look)
    {
        var state = look.State;
        return new LookDocument(
            ControlValues.Spell(state.Condition.ToString()),
            state.By,
            state.At,
            FrozenDocument.From(state.Frozen),
            state.Settled,
            Math.Round(state.Progress, 2),
            state.DriftStops,
            state.HasDrifted,
            state.SettleEveryMinutes);
    }
}
