using PiCam.Core.Frames;
using PiCam.Core.Photography.Looks;
using Xunit;

namespace PiCam.Tests.Core.Photography.Looks;

public sealed class SceneLightTests
{
    [Fact]
    public void StopsFrom_AnyTwoScenes_IsTheLogarithmOfTheirRatioAndTurnsWithThem()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 1000; i++)
        {
            var (lux, stops) = (Math.Exp(random.NextDouble() * 11), (random.NextDouble() * 12) - 6);
            var before = new SceneLight(lux + 10, null);
            var after = new SceneLight((lux + 10) * Math.Pow(2, stops), null);

            Assert.Equal(stops, after.StopsFrom(before)!.Value, 6);
            Assert.Equal(-stops, before.StopsFrom(after)!.Value, 6);
            Assert.Equal(0, after.StopsFrom(after)!.Value, 6);
        }
    }

    [Fact]
    public void Of_SamePictureWithAnotherExposure_DiffersByTheExposure()
    {
        var random = new Random(20261124);
        for (var i = 0; i < 1000; i++)
        {
            var luma = 2 + (random.NextDouble() * 250);
            var frame = new FrameMetadata { ExposureTime = TimeSpan.FromMilliseconds(1 + random.Next(1000)), AnalogueGain = 1 + random.NextDouble() };
            var longer = frame with { ExposureTime = frame.ExposureTime * 4, AnalogueGain = frame.AnalogueGain * 2 };

            Assert.Equal(-3, SceneLight.Of(longer, luma).StopsFrom(SceneLight.Of(frame, luma))!.Value, 6);
        }
    }

    [Fact]
    public void Of_BrighterPicture_IsMoreLight()
    {
        var frame = new FrameMetadata();
        for (var luma = 1; luma < 255; luma++)
        {
            Assert.True(SceneLight.Of(frame, luma + 1).StopsFrom(SceneLight.Of(frame, luma)) > 0);
        }

        Assert.True(double.IsFinite(SceneLight.Of(frame, 255).StopsFrom(SceneLight.Of(frame, 0))!.Value));
    }

    [Fact]
    public void StopsFrom_OneWithLuxAndOneWithout_ComparesThePicturesOrNothing()
    {
        Assert.Null(new SceneLight(5, null).StopsFrom(new SceneLight(null, 0.5)));
        Assert.Equal(1, new SceneLight(5, 1).StopsFrom(new SceneLight(null, 0.5)));
        Assert.Equal(0, new SceneLight(0, null).StopsFrom(new SceneLight(0, null)));
    }

    [Theory]
    [InlineData(0.9, false, false)]
    [InlineData(1.1, false, true)]
    [InlineData(-1.1, false, true)]
    [InlineData(0.9, true, true)]
    [InlineData(-0.7, true, false)]
    [InlineData(null, true, false)]
    public void HasDrifted_AroundAStop_ComesAndGoesApart(double? stops, bool warned, bool expected) =>
        Assert.Equal(expected, SceneLight.HasDrifted(stops, warned));
}
