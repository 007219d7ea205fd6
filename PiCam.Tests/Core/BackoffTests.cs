using PiCam.Core;
using Xunit;

namespace PiCam.Tests.Core;

public sealed class BackoffTests
{
    [Fact]
    public void Next_CalledAgain_DoublesFromHalfASecondToThirty()
    {
        var backoff = new Backoff(new NoJitter());

        var waits = Enumerable.Range(0, 9).Select(_ => backoff.Next().TotalSeconds);

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], waits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Next_AnySeed_StaysWithinTwentyPercentAndNeverAboveThirty(int seed)
    {
        var backoff = new Backoff(new Random(seed));
        double[] nominal = [0.5, 1, 2, 4, 8, 16, .. Enumerable.Repeat(30.0, 100)];
        var jittered = false;

        foreach (var seconds in nominal)
        {
            var wait = backoff.Next().TotalSeconds;
            Assert.InRange(wait, seconds * 0.8, Math.Min(seconds * 1.2, 30));
            jittered |= Math.Abs(wait - seconds) > 0.01 * seconds;
        }

        Assert.True(jittered);
    }

    [Theory]
    [InlineData(60, 0.5)]
    [InlineData(59.9, 4)]
    public void ReportHealthy_OnlyAfterSixtySeconds_StartsOver(double healthySeconds, double expectedSeconds)
    {
        var backoff = new Backoff(new NoJitter());
        _ = backoff.Next();
        _ = backoff.Next();
        _ = backoff.Next();

        backoff.ReportHealthy(TimeSpan.FromSeconds(healthySeconds));

        Assert.Equal(expectedSeconds, backoff.Next().TotalSeconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.999999)]
    public void Next_ExitsAtOnceAgainAndAgain_AtMostEightStartsInAMinute(double draw)
    {
        var backoff = new Backoff(new Fixed(draw));
        var starts = 0;

        for (var at = TimeSpan.Zero; at <= TimeSpan.FromSeconds(60); at += backoff.Next())
        {
            starts++;
            backoff.ReportHealthy(TimeSpan.FromMilliseconds(20));
        }

        Assert.InRange(starts, 6, 8);
    }

    private sealed class NoJitter() : Fixed(0.5);

    private class Fixed(double draw) : Random
    {
        public override double NextDouble() => draw;
    }
}
