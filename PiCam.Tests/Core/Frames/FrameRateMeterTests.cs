using Microsoft.Extensions.Time.Testing;
using PiCam.Core.Frames;
using Xunit;

namespace PiCam.Tests.Core.Frames;

public sealed class FrameRateMeterTests
{
    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData(1.0 / 6)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(30)]
    public void FramesPerSecond_SteadyFrames_IsTheirRate(double rate)
    {
        var meter = new FrameRateMeter(time);
        for (var i = 0; i < 100; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1 / rate));
            meter.Count();
        }

        Assert.Equal(rate, meter.FramesPerSecond, rate * 0.01);
    }

    [Fact]
    public void FramesPerSecond_FramesStop_FallsTowardsZero()
    {
        var meter = new FrameRateMeter(time);
        for (var i = 0; i < 60; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1.0 / 30));
            meter.Count();
        }

        time.Advance(TimeSpan.FromSeconds(20));

        Assert.True(meter.FramesPerSecond <= 0.06, $"still {meter.FramesPerSecond} fps after 20 s of silence");
    }

    [Fact]
    public void Reset_AfterFrames_ForgetsThem()
    {
        var meter = new FrameRateMeter(time);
        meter.Count();
        meter.Count();
        meter.Reset();

        Assert.Equal(0, meter.FramesPerSecond);
    }
}
