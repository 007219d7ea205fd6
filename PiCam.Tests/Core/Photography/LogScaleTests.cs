using CsCheck;
using PiCam.Core.Photography;
using Xunit;

namespace PiCam.Tests.Core.Photography;

public sealed class LogScaleTests
{
    [Fact]
    public void Thirds_IsoRange_GivesTheNumbersPhotographersKnow()
    {
        var scale = LogScale.Thirds(1, 8);

        Assert.Equal([1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.4, 8], scale.Values.Select(v => Math.Round(v, 6)));
    }

    [Fact]
    public void Thirds_Shutter_HasRoundReciprocalsBelowASecondAndRoundSecondsAbove()
    {
        var scale = LogScale.Thirds(0.000014, 6, reciprocal: true);
        var reciprocals = scale.Values.Skip(1).Where(v => v < 0.99).Select(v => Math.Round(1 / v, 3)).ToArray();

        Assert.Contains(250, reciprocals);
        Assert.Contains(125, reciprocals);
        Assert.Contains(1000, reciprocals);
        Assert.Contains(2.0, scale.Values.Select(v => Math.Round(v, 6)));
        Assert.Equal(0.000014, scale.Values[0]);
        Assert.Equal(6, scale.Values[^1]);
    }

    [Fact]
    public void Thirds_ThreeSteps_AreOneStop()
    {
        var scale = LogScale.Thirds(0.000014, 6, reciprocal: true);
        for (var i = 2; i + 3 < scale.Last; i++)
        {
            Assert.InRange(scale.Values[i + 3] / scale.Values[i], 1.9, 2.1);
        }
    }

    [Fact]
    public void Position_AnyRange_GrowsWithTheValueAndInvertsItsOwnValues()
    {
        Gen.Select(Gen.Double[1e-5, 10], Gen.Double[1.5, 1000], Gen.Bool).Sample((minimum, factor, reciprocal) =>
        {
            var scale = LogScale.Thirds(minimum, minimum * factor, reciprocal);
            var rising = scale.Values.Zip(scale.Values.Skip(1)).All(pair => pair.First < pair.Second);
            var inverted = Enumerable.Range(0, scale.Last + 1).All(i => scale.Nearest(scale.Values[i]) == i);
            return rising && inverted;
        });
    }

    [Fact]
    public void Position_OutsideOrNotANumber_LiesAtAnEnd()
    {
        var scale = LogScale.Thirds(1, 8);

        Assert.Equal(0, scale.Position(0.5));
        Assert.Equal(0, scale.Position(double.NaN));
        Assert.Equal(scale.Last, scale.Position(100));
    }

    [Fact]
    public void Fine_WhiteBalanceGains_StepsByAboutThreePercentOnHundredths()
    {
        var scale = LogScale.Fine(0.4, 4, 24);

        Assert.All(scale.Values, v => Assert.Equal(Math.Round(v, 2), v));
        Assert.All(scale.Values.Zip(scale.Values.Skip(1)), pair => Assert.InRange(pair.Second / pair.First, 1.01, 1.05));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(2, 2)]
    public void Thirds_ImpossibleEnds_AreRefused(double minimum, double maximum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LogScale.Thirds(minimum, maximum));
}
