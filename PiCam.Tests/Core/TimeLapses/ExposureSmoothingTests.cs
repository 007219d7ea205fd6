using CsCheck;
using PiCam.Core.TimeLapses;
using Xunit;

namespace PiCam.Tests.Core.TimeLapses;

public sealed class ExposureSmoothingTests
{
    [Theory]
    [InlineData(null, -8.0, -8.0)]
    [InlineData(-8.0, -8.05, -8.05)]
    [InlineData(-8.0, -5.0, -7.875)]
    [InlineData(-8.0, -12.0, -8.125)]
    public void Next_GoesTowardsWhatIsWanted_ByAnEighthOfAStopAtMost(double? before, double wanted, double expected) =>
        Assert.Equal(expected, ExposureSmoothing.Next(before, wanted), 1e-9);

    [Fact]
    public void Split_WithinTheCamerasReach_GivesExactlyThatLight() =>
        (from wanted in Gen.Double[0.0001, 0.5]
         from stops in Gen.Double[-12, 1]
         select (wanted, stops)).Sample(given =>
        {
            var (time, gain) = ExposureSmoothing.Split(given.stops, TimeSpan.FromSeconds(given.wanted), TimeSpan.FromSeconds(6), (1, 16));

            Assert.InRange(gain, 1, 16);
            Assert.True(time <= TimeSpan.FromSeconds(6));
            Assert.Equal(given.stops, ExposureSmoothing.Stops(time, gain), 0.01);
        });

    [Fact]
    public void Split_MoreThanTheCameraHas_GivesAllItHas() =>
        Assert.Equal((TimeSpan.FromSeconds(6), 16.0), ExposureSmoothing.Split(20, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6), (1, 16)));
}
