using CsCheck;
using PiCam.Core.Photography;
using Xunit;

namespace PiCam.Tests.Core.Photography;

public sealed class LinearScaleTests
{
    [Fact]
    public void Values_AnyScale_AscendFromEndToEnd() =>
        Gen.Select(Gen.Double[-100, 100], Gen.Double[0.1, 500], Gen.Double[0.05, 10]).Sample((minimum, span, step) =>
        {
            var scale = new LinearScale(minimum, minimum + span, step);
            Assert.Equal((minimum, minimum + span), (scale.Values[0], scale.Values[^1]));
            Assert.All(scale.Values.Zip(scale.Values.Skip(1)), pair => Assert.True(pair.First < pair.Second));
            for (var i = 0; i <= scale.Last; i++)
            {
                Assert.Equal(i, scale.Position(scale.Values[i]), 1e-6);
            }
        });

    [Fact]
    public void Values_RoundSteps_AreWhatAPersonWouldType()
    {
        Assert.Equal([0, 0.05, 0.1, 0.15, 0.2], new LinearScale(0, 0.2, 0.05).Values);
        Assert.Equal([0.1, 1, 2, 2.5], new LinearScale(0.1, 2.5, 1).Values);
        Assert.Equal(0, new LinearScale(0, 1, 0.5).Position(double.NaN));
    }
}
