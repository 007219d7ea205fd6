using CsCheck;
using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Core.Gimbals;

public sealed class SlewProfileTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private static readonly Gen<AxisLimits> AnyLimits =
        from minimum in Gen.Double[-180, 0]
        from span in Gen.Double[1, 270]
        from speed in Gen.Double[1, 300]
        from acceleration in Gen.Double[5, 2000]
        select new AxisLimits(minimum, minimum + span, speed, acceleration);

    private static readonly Gen<(AxisLimits Limits, double Start, double[] Wishes)> AnyJourney =
        from limits in AnyLimits
        from start in Gen.Double[0, 1]
        from wishes in Gen.Double[-400, 400].Array[1, 12]
        select (limits, limits.MinimumAngle + (start * (limits.MaximumAngle - limits.MinimumAngle)), wishes);

    [Fact]
    public void AnySequence_OfTargetsAndSpeeds_KeepsSpeedAccelerationAndLimits() => AnyJourney.Sample(journey =>
    {
        var (limits, start, wishes) = journey;
        var state = new AxisState(start, 0);
        for (var i = 0; i < wishes.Length; i++)
        {
            for (var step = 0; step < 7; step++)
            {
                var next = i % 2 == 0
                    ? SlewProfile.Towards(state, wishes[i], limits, Step)
                    : SlewProfile.AtSpeed(state, wishes[i], limits, Step);
                Assert.InRange(next.Angle, limits.MinimumAngle, limits.MaximumAngle);
                Assert.True(Math.Abs(next.Speed) <= limits.MaximumSpeed + 1e-9);
                Assert.True(Math.Abs(next.Speed - state.Speed) <= (limits.MaximumAcceleration * Step.TotalSeconds) + 1e-6);
                Assert.Equal(state.Angle + (next.Speed * Step.TotalSeconds), next.Angle, 1e-6);
                state = next;
            }
        }
    });

    [Fact]
    public void Towards_FromRest_ArrivesExactlyWithoutOvershoot() => AnyJourney.Sample(journey =>
    {
        var (limits, start, wishes) = journey;
        var target = Math.Clamp(wishes[0], limits.MinimumAngle, limits.MaximumAngle);
        var direction = Math.Sign(target - start);
        var state = new AxisState(start, 0);
        var steps = 0;
        while (state != new AxisState(target, 0))
        {
            state = SlewProfile.Towards(state, target, limits, Step);
            Assert.True(direction * (target - state.Angle) >= 0, "overshoot");
            Assert.True(direction * state.Speed >= 0, "moved backwards");
            steps++;
            Assert.True(steps <= MostSteps(Math.Abs(target - start), limits), "never arrives");
        }
    });

    [Fact]
    public void Towards_WhateverTheStart_ArrivesExactly() => AnyJourney.Sample(journey =>
    {
        var (limits, start, wishes) = journey;
        var state = new AxisState(start, 0);
        foreach (var speed in wishes)
        {
            state = SlewProfile.AtSpeed(state, speed, limits, Step);
        }

        var target = Math.Clamp(wishes[^1], limits.MinimumAngle, limits.MaximumAngle);
        var steps = 0;
        var most = MostSteps(3 * (limits.MaximumAngle - limits.MinimumAngle), limits);
        while (state != new AxisState(target, 0))
        {
            state = SlewProfile.Towards(state, target, limits, Step);
            steps++;
            Assert.True(steps <= most, "never arrives");
        }
    });

    [Fact]
    public void StoppingPoint_IsWhereSpeedZeroEnds() => AnyJourney.Sample(journey =>
    {
        var (limits, start, wishes) = journey;
        var state = new AxisState(start, 0);
        foreach (var speed in wishes)
        {
            state = SlewProfile.AtSpeed(state, speed, limits, Step);
        }

        var expected = SlewProfile.StoppingPoint(state, limits, Step);
        while (state.Speed != 0)
        {
            state = SlewProfile.AtSpeed(state, 0, limits, Step);
        }

        Assert.Equal(expected, state.Angle, 1e-6);
    });

    [Fact]
    public void Towards_LongMove_ReachesMaximumSpeedAndTakesTheTheoreticalTime()
    {
        // 90° at 60°/s and 240°/s²: 0.25 s up, 0.25 s down (7.5° each), 75° at full speed: 1.75 s.
        var limits = new AxisLimits(-90, 90, 60, 240);
        var state = new AxisState(0, 0);
        var fastest = 0.0;
        var steps = 0;
        while (state != new AxisState(90, 0))
        {
            state = SlewProfile.Towards(state, 90, limits, Step);
            fastest = Math.Max(fastest, state.Speed);
            steps++;
        }

        Assert.Equal(60, fastest, 1e-9);
        Assert.InRange(steps * Step.TotalSeconds, 1.75, 1.75 + (3 * Step.TotalSeconds));
    }

    [Fact]
    public void AtSpeed_HeldAgainstALimit_SlowsDownInTimeAndStopsOnIt()
    {
        var limits = new AxisLimits(-90, 90, 60, 240);
        var state = new AxisState(0, 0);
        for (var i = 0; i < 150; i++)
        {
            state = SlewProfile.AtSpeed(state, 60, limits, Step);
        }

        Assert.Equal(90, state.Angle, 1e-6);
        Assert.Equal(0, state.Speed);
    }

    // Up, along and down again, with room for the rounding up of each of the three to whole steps, and for turning round.
    private static double MostSteps(double distance, AxisLimits limits) =>
        20 + ((distance / limits.MaximumSpeed
            + (4 * Math.Sqrt(distance / limits.MaximumAcceleration))
            + (4 * limits.MaximumSpeed / limits.MaximumAcceleration)) / Step.TotalSeconds);
}
