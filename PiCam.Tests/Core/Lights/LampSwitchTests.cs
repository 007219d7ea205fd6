using CsCheck;
using PiCam.Core.Lights;
using Xunit;

namespace PiCam.Tests.Core.Lights;

/// <summary>The lamp lights what its own camera measures; that must not make it flicker.</summary>
public sealed class LampSwitchTests
{
    private const double OnBelow = 10;
    private const double OffAbove = 30;

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(33);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    [Fact]
    public void Measure_Dark_LightsAtOnce()
    {
        var lamp = new LampSwitch(OnBelow, OffAbove);
        lamp.Measure(OnBelow, Frame, TimeSpan.Zero);
        Assert.False(lamp.IsLit);
        lamp.Measure(OnBelow - 0.1, Frame, Step);
        Assert.True(lamp.IsLit);
    }

    [Fact]
    public void Measure_SteadyLight_SwitchesAtMostOnceHoweverBrightTheLamp() =>
        Gen.Double[0, 60].Select(Gen.Double[0, 1000]).Sample((daylight, own) =>
        {
            var switches = Run(daylight, own, _ => daylight, 300).Count;

            Assert.Equal(daylight < OnBelow ? 1 : 0, switches);
        });

    [Fact]
    public void Measure_NightAndDay_IsLitByNightOnly() =>
        Gen.Double[0, OnBelow - 0.1].Select(Gen.Double[OffAbove + 0.1, 100_000], Gen.Double[0, 1000]).Sample((night, day, own) =>
        {
            var switches = Run(night, own, second => second < 120 ? night : day, 300);

            Assert.Equal([0, 120], switches);
        });

    [Fact]
    public void Measure_AnyLight_RestsBetweenSwitches() =>
        Gen.Double[0, 100].Array[200].Select(Gen.Double[0, 100]).Sample((daylight, own) =>
        {
            var switches = Run(0, own, second => daylight[second], daylight.Length);

            Assert.All(switches.Zip(switches.Skip(1)), pair => Assert.True(pair.Second - pair.First >= LampSwitch.Rest.TotalSeconds));
        });

    [Fact]
    public void Reset_Lit_IsOffAndForgetsItsOwnLight()
    {
        var lamp = new LampSwitch(OnBelow, OffAbove);
        lamp.Measure(0, Frame, TimeSpan.Zero);
        lamp.Reset();
        Assert.False(lamp.IsLit);
        lamp.Measure(0, Frame, Step);
        Assert.True(lamp.IsLit);
    }

    /// <returns>The seconds at which the lamp was switched.</returns>
    private static List<int> Run(double start, double own, Func<int, double> daylight, int seconds)
    {
        var lamp = new LampSwitch(OnBelow, OffAbove);
        var switches = new List<int>();
        var lit = false;
        for (var second = 0; second < seconds; second++)
        {
            // The estimate follows the lamp with a delay, as automatic exposure does.
            var shines = lit && second - switches[^1] > 2;
            lamp.Measure((second == 0 ? start : daylight(second)) + (shines ? own : 0), Frame, second * Step);
            if (lamp.IsLit != lit)
            {
                lit = lamp.IsLit;
                switches.Add(second);
            }
        }

        return switches;
    }
}
