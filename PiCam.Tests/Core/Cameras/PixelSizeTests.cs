using PiCam.Core.Cameras;
using Xunit;

namespace PiCam.Tests.Core.Cameras;

public sealed class PixelSizeTests
{
    [Theory]
    [InlineData(1280, 720, "16:9")]
    [InlineData(2592, 1944, "4:3")]
    [InlineData(1000, 1000, "1:1")]
    [InlineData(720, 1280, "9:16")]
    [InlineData(1296, 972, "4:3")]
    [InlineData(1366, 768, "16:9")]
    [InlineData(4056, 3040, "4:3")]
    [InlineData(3280, 2464, "4:3")]
    [InlineData(1998, 1080, "1.85:1")]
    public void Shape_IsTheUsualOneThatIsNear(int width, int height, string shape) =>
        Assert.Equal(shape, new PixelSize(width, height).Shape);
}
