namespace PiCam.Core.Lights;

/// <summary>
/// Decides when a lamp that lights its own camera's scene comes on. Two thresholds keep dusk from making it flicker; its own
/// light, measured once it has settled, is not taken for daylight; and it is switched at most every half minute.
/// </summary>
/// <param name="onBelow">Lux.</param>
/// <param name="offAbove">Lux; above <paramref name="onBelow"/>.</param>
public sealed class LampSwitch(double onBelow, double offAbove)
{
    /// <summary>The shortest time between two switches: a car's headlights pass.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    // Automatic exposure follows the lamp in a second or two; a frame that is under way does not show it yet.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private TimeSpan? switchedAt;
    private double before;
    private double? own;

    /// <summary>Whether the lamp is to be lit.</summary>
    public bool IsLit { get; private set; }

    /// <summary>Takes in an estimate and decides.</summary>
    /// <param name="lux">What the camera sees now, the lamp's light with it.</param>
    /// <param name="frameDuration">How long a frame takes.</param>
    /// <param name="now">On any clock that never goes back.</param>
    public void Measure(double lux, TimeSpan frameDuration, TimeSpan now)
    {
        var since = switchedAt is { } at ? now - at : TimeSpan.MaxValue;
        if (IsLit && own is null && since >= Settling + (2 * frameDuration))
        {
            own = Math.Max(0, lux - before);
        }

        var ambient = IsLit ? lux - (own ?? 0) : lux;
        if (since >= Rest && (IsLit ? ambient > offAbove : ambient < onBelow))
        {
            (IsLit, switchedAt, before, own) = (!IsLit, now, lux, null);
        }
    }

    /// <summary>Nobody asks it any more: off, with nothing known.</summary>
    public void Reset() => (IsLit, switchedAt, before, own) = (false, null, 0, null);
}
