using PiCam.Core.Cameras;
using PiCam.Core.Films;
using Xunit;

namespace PiCam.Tests.Core.Films;

public sealed class FilmPlanTests
{
    [Theory]
    [InlineData(1280, 720, 1, 1080, 1280, 720)]
    [InlineData(2592, 1944, 1, 1080, 1440, 1080)]
    [InlineData(2592, 1944, 1, 4320, 2592, 1944)]
    [InlineData(2592, 1944, 3, 720, 960, 720)]
    [InlineData(2592, 1944, 6, 1080, 810, 1080)]
    [InlineData(1280, 720, 8, 4320, 720, 1280)]
    [InlineData(641, 481, 1, 1080, 640, 480)]
    [InlineData(1, 1, 1, 1080, 2, 2)]
    public void Size_OfPictures_IsAtMostTheirsAndEven(int width, int height, int orientation, int asked, int filmWidth, int filmHeight) =>
        Assert.Equal(
            new PixelSize(filmWidth, filmHeight),
            FilmPlan.For(new PixelSize(width, height), orientation, new FilmSettings { Height = asked }).Size);
}
