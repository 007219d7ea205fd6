using PiCam.Core.Frames;
using PiCam.Core.Packets;
using Xunit;

namespace PiCam.Tests.Core.Packets;

public sealed class CameraRateTests
{
    private static readonly TimeSpan Said = TimeSpan.FromSeconds(1 / 30.0);

    private readonly CameraRate rate = new();
    private TimeSpan sensor;
    private long sequence;

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(1)]
    public void Frames_AtAnotherRateThanTheCameraSays_AreBelieved(double perSecond)
    {
        Assert.False(Watch(1 / 30.0, 6));
        Assert.Equal(Said, rate.Lasts(Said));

        Assert.True(Watch(1 / perSecond, 20));
        Assert.Equal(1 / perSecond, rate.Lasts(Said).TotalSeconds, 1e-3);

        Watch(1 / 30.0, 20);
        Assert.Equal(1 / 30.0, rate.Lasts(Said).TotalSeconds, 1e-3);
        Assert.Equal(1, rate.Lasts(TimeSpan.FromSeconds(1)).TotalSeconds);
    }

    /// <summary>While nobody watches, frames are not counted.</summary>
    [Fact]
    public void PeopleWhoLookForAMoment_NowAndThen_AreNoOtherRate()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.False(Watch(1 / 30.0, 1 + (i / 10.0)));
            sensor += TimeSpan.FromSeconds(60);
        }
    }

    [Fact]
    public void TwoFilms_OneAFrameBehind_AreNoOtherRate()
    {
        Frame? before = null;
        for (var i = 0; i < 300; i++)
        {
            var frame = Next(1 / 30.0);
            Assert.False(rate.IsAnother(frame, Said, Said));
            Assert.False(before is not null && rate.IsAnother(before, Said, Said));
            before = frame;
        }

        Assert.True(Watch(1 / 10.0, 6));
    }

    // Whether an encoder that was told what the camera says has to be told another.
    private bool Watch(double lasting, double seconds)
    {
        var isAnother = false;
        for (var end = sensor + TimeSpan.FromSeconds(seconds); sensor < end;)
        {
            isAnother |= rate.IsAnother(Next(lasting), Said, Said);
        }

        return isAnother;
    }

    private Frame Next(double lasting)
    {
        sensor += TimeSpan.FromSeconds(lasting);
        return new Frame(new byte[1], 2, 2, new FrameMetadata { SensorTimestamp = sensor, FrameDuration = Said }, 0) { Sequence = ++sequence };
    }
}
