namespace PiCam.Core.Photography.Looks;

/// <summary>The lock on exposure and white balance, the same for all pages.</summary>
/// <param name="Condition">Free, settling or locked.</param>
/// <param name="By">Who brought it there; null before the first time.</param>
/// <param name="At">When; null before the first time.</param>
public sealed record LookState(LookCondition Condition, string? By, DateTimeOffset? At)
{
    /// <summary>As before the first time.</summary>
    public static LookState Free { get; } = new(LookCondition.Free, null, null);

    /// <summary>What is frozen; nothing unless locked.</summary>
    public FrozenControls Frozen { get; init; } = FrozenControls.Nothing;

    /// <summary>False: it was still moving when it was frozen, after the longest wait.</summary>
    public bool Settled { get; init; } = true;

    /// <summary>While settling, how much of the shortest wait is over, 0 to 1; it stays at 1 while the picture is still moving.</summary>
    public double Progress { get; init; }

    /// <summary>By how many stops the scene is brighter than when it was locked; null: nobody knows.</summary>
    public double? DriftStops { get; init; }

    /// <summary>Whether the scene has drifted so far that the frozen exposure no longer fits.</summary>
    public bool HasDrifted { get; init; }

    /// <summary>Minutes after which a locked look settles anew by itself; 0: never.</summary>
    public int SettleEveryMinutes { get; init; }
}
