using Microsoft.Extensions.Time.Testing;
using PiCam.Hardware.JpegPipes;
using Xunit;

namespace PiCam.Tests.Hardware.JpegPipes;

public sealed class FrameClockTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void StallLimit_BeforeTheFrameTimeIsKnown_IsThePatientOne()
    {
        var clock = Started();
        Tick(clock, TimeSpan.FromMilliseconds(1), 2);

        Assert.Equal(TimeSpan.FromSeconds(10), clock.StallLimit);
    }

    [Theory]
    [InlineData(0.04, 3)]
    [InlineData(1, 3)]
    [InlineData(6, 18)]
    public void StallLimit_FrameTimeKnown_IsThreeSecondsOrThreeFrames(double frameSeconds, double limitSeconds)
    {
        var clock = Started();
        Tick(clock, TimeSpan.FromSeconds(frameSeconds), 10);

        Assert.Equal(limitSeconds, clock.StallLimit.TotalSeconds, 6);
        Assert.Equal(frameSeconds, clock.FrameDuration!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void StallLimit_FramesBecomeSlow_FollowsAtOnce()
    {
        var clock = Started();
        Tick(clock, TimeSpan.FromSeconds(0.04), 10);
        Tick(clock, TimeSpan.FromSeconds(2.5), 1);

        Assert.Equal(7.5, clock.StallLimit.TotalSeconds, 6);
    }

    [Fact]
    public void Tick_TellsTheTimeSinceTheStreamWasOpened()
    {
        var clock = Started();
        time.Advance(TimeSpan.FromSeconds(1.5));

        var (sinceOpened, timestamp) = clock.Tick();

        Assert.Equal(TimeSpan.FromSeconds(1.5), sinceOpened);
        Assert.Equal(time.GetTimestamp(), timestamp);
        Assert.Null(clock.FrameDuration);
    }

    private FrameClock Started()
    {
        var clock = new FrameClock(time);
        clock.Restart(TimeSpan.FromSeconds(10));
        return clock;
    }

    private void Tick(FrameClock clock, TimeSpan interval, int count)
    {
        for (var i = 0; i < count; i++)
        {
            time.Advance(interval);
            clock.Tick();
        }
    }
}
