using PiCam.Core.Cameras;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Cameras;

public sealed class ExifNumberTests
{
    [Theory]
    [InlineData(Rotation.Rotate0, false, false, SKEncodedOrigin.TopLeft)]
    [InlineData(Rotation.Rotate0, true, false, SKEncodedOrigin.TopRight)]
    [InlineData(Rotation.Rotate180, false, false, SKEncodedOrigin.BottomRight)]
    [InlineData(Rotation.Rotate0, false, true, SKEncodedOrigin.BottomLeft)]
    [InlineData(Rotation.Rotate90, true, false, SKEncodedOrigin.LeftTop)]
    [InlineData(Rotation.Rotate90, false, false, SKEncodedOrigin.RightTop)]
    [InlineData(Rotation.Rotate90, false, true, SKEncodedOrigin.RightBottom)]
    [InlineData(Rotation.Rotate270, false, false, SKEncodedOrigin.LeftBottom)]
    public void ExifNumber_OfACameraThatTurnsNothing_IsHowAViewerShowsIt(Rotation rotation, bool horizontal, bool vertical, SKEncodedOrigin expected)
    {
        var controls = CameraControls.Automatic with { Rotation = rotation, HorizontalFlip = horizontal, VerticalFlip = vertical };

        Assert.Equal((int)expected, Orientation.Of(controls, cameraFlips: false).ExifNumber);
    }

    [Fact]
    public void ExifNumber_OfACameraThatTurnsByHalves_IsThePagesPartOnly()
    {
        var half = CameraControls.Automatic with { Rotation = Rotation.Rotate180, HorizontalFlip = true };
        var quarter = CameraControls.Automatic with { Rotation = Rotation.Rotate270 };

        Assert.Equal(
            ((int)SKEncodedOrigin.TopLeft, (int)SKEncodedOrigin.RightTop),
            (Orientation.Of(half, cameraFlips: true).ExifNumber, Orientation.Of(quarter, cameraFlips: true).ExifNumber));
    }
}
