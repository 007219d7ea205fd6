namespace PiCam.Core.Gimbals;

/// <summary>
/// The arithmetic of moving one axis: from one step of the loop to the next, never faster than the maximum speed, never
/// changing speed by more than the maximum acceleration, never past an angle limit.
/// </summary>
/// <remarks>
/// Steps have a fixed length. In one step the angle moves by the *new* speed × the step, so the fastest approach that still
/// stops exactly is known in closed form, in steps rather than in continuous time: no overshoot and no creeping at the end.
/// </remarks>
public static class SlewProfile
{
    // Degrees, and degrees per second. Far below what any servo resolves; above the rounding errors of the sums here.
    private const double Negligible = 1e-9;

    /// <summary>The next state on the fastest way to <paramref name="target"/>; ends there exactly, with speed 0.</summary>
    /// <param name="state">The present state, from an earlier step with the same limits, or at rest within them.</param>
    /// <param name="target">Degrees; beyond a limit it means the limit.</param>
    /// <param name="limits">What the axis may do.</param>
    /// <param name="step">The length of a step, the same for every step of a move.</param>
    /// <param name="pace">Above 0 to 1: the share of the maximum speed that this move may have.</param>
    public static AxisState Towards(AxisState state, double target, AxisLimits limits, TimeSpan step, double pace = 1)
    {
        var reachable = Math.Clamp(target, limits.MinimumAngle, limits.MaximumAngle);
        var distance = reachable - state.Angle;
        var fastest = Math.Min(FastestApproach(Math.Abs(distance), limits, step), pace * limits.MaximumSpeed);
        var wanted = Math.CopySign(fastest, distance);
        var next = AtSpeed(state, wanted, limits, step);
        return Math.Abs(next.Angle - reachable) < Negligible ? next with { Angle = reachable } : next;
    }

    /// <summary>The next state on the way to <paramref name="speed"/>; slows down in time for an angle limit and stops there.</summary>
    /// <param name="state">The present state, from an earlier step with the same limits, or at rest within them.</param>
    /// <param name="speed">Degrees per second; beyond the maximum it means the maximum.</param>
    /// <param name="limits">What the axis may do.</param>
    /// <param name="step">The length of a step, the same for every step of a move.</param>
    public static AxisState AtSpeed(AxisState state, double speed, AxisLimits limits, TimeSpan step)
    {
        var change = limits.MaximumAcceleration * step.TotalSeconds;
        var highest = Math.Min(
            Math.Min(state.Speed + change, limits.MaximumSpeed),
            FastestApproach(limits.MaximumAngle - state.Angle, limits, step));
        var lowest = Math.Max(
            Math.Max(state.Speed - change, -limits.MaximumSpeed),
            -FastestApproach(state.Angle - limits.MinimumAngle, limits, step));
        var next = Math.Min(highest, Math.Max(lowest, speed));
        if (Math.Abs(next) < Negligible)
        {
            next = 0;
        }

        var angle = Math.Clamp(state.Angle + (next * step.TotalSeconds), limits.MinimumAngle, limits.MaximumAngle);
        return new AxisState(angle, next);
    }

    /// <summary>The angle at which the axis comes to rest if it starts to slow down with the next step.</summary>
    public static double StoppingPoint(AxisState state, AxisLimits limits, TimeSpan step)
    {
        var seconds = step.TotalSeconds;
        var speed = Math.Abs(state.Speed);
        var change = limits.MaximumAcceleration * seconds;
        var steps = Math.Floor(speed / change);
        var distance = seconds * ((steps * speed) - (change * steps * (steps + 1) / 2));
        return Math.Clamp(
            state.Angle + Math.CopySign(distance, state.Speed), limits.MinimumAngle, limits.MaximumAngle);
    }

    /// <summary>
    /// The highest speed for the coming step from which the axis, slowing down by the maximum acceleration in every later
    /// step, stops exactly <paramref name="distance"/> degrees away.
    /// </summary>
    private static double FastestApproach(double distance, AxisLimits limits, TimeSpan step)
    {
        if (distance <= 0)
        {
            return 0;
        }

        // A move at v, then v − c, v − 2c, … (c: the change of speed in a step) with n whole changes covers
        // step × ((n + 1) v − c n (n + 1) / 2). The largest n that fits has c × step × n (n + 1) / 2 ≤ distance.
        var seconds = step.TotalSeconds;
        var change = limits.MaximumAcceleration * seconds;
        var n = Math.Floor((Math.Sqrt(1 + (8 * distance / (change * seconds))) - 1) / 2);
        return ((distance / seconds) + (change * n * (n + 1) / 2)) / (n + 1);
    }
}
