using PiCam.Core.Cameras;
using PiCam.Core.Optics;
using Xunit;

namespace PiCam.Tests.Core.Cameras;

public sealed class OrientationTests
{
    public static TheoryData<Rotation, bool, bool, bool> All
    {
        get
        {
            var data = new TheoryData<Rotation, bool, bool, bool>();
            foreach (var rotation in Enum.GetValues<Rotation>())
            {
                foreach (var bits in Enumerable.Range(0, 8))
                {
                    data.Add(rotation, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ToPage_WhoeverTurns_IsTurnedThenMirroredAsAsked(Rotation rotation, bool horizontal, bool vertical, bool cameraFlips)
    {
        var controls = new CameraControls { Rotation = rotation, HorizontalFlip = horizontal, VerticalFlip = vertical };
        var orientation = Orientation.Of(controls, cameraFlips);

        // By matrices about the centre, with v downwards: clockwise by a quarter takes (u, v) to (−v, u).
        foreach (var point in new PicturePoint[] { new(0.1, 0.2), new(0.9, 0.3), new(0.5, 0.5) })
        {
            var (u, v) = (point.U - 0.5, point.V - 0.5);
            for (var quarters = (int)rotation / 90; quarters > 0; quarters--)
            {
                (u, v) = (-v, u);
            }

            var expected = new PicturePoint((horizontal ? -u : u) + 0.5, (vertical ? -v : v) + 0.5);
            var page = orientation.ToPage(point);
            Assert.Equal(expected.U, page.U, 1e-9);
            Assert.Equal(expected.V, page.V, 1e-9);
            Assert.Equal(point.U, orientation.ToSensor(page).U, 1e-9);
            Assert.Equal(point.V, orientation.ToSensor(page).V, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Of_CameraThatFlips_LeavesAtMostAQuarterTurnToThePage(Rotation rotation, bool horizontal, bool vertical, bool cameraFlips)
    {
        var controls = new CameraControls { Rotation = rotation, HorizontalFlip = horizontal, VerticalFlip = vertical };
        var orientation = Orientation.Of(controls, cameraFlips);

        if (cameraFlips)
        {
            Assert.False(orientation.PageHorizontalFlip || orientation.PageVerticalFlip);
            Assert.True(orientation.PageRotation is Rotation.Rotate0 or Rotation.Rotate90);
        }
        else
        {
            Assert.False(orientation.CameraHorizontalFlip || orientation.CameraVerticalFlip);
        }
    }

    [Fact]
    public void ToSensor_View_IsTheSamePartOfTheScene()
    {
        var orientation = Orientation.Of(new CameraControls { Rotation = Rotation.Rotate90 }, cameraFlips: true);
        var view = new ZoomView(0.1, 0.2, 0.5);

        var sensor = orientation.ToSensor(view);

        Assert.Equal(0.2, sensor.X, 1e-9);
        Assert.Equal(0.4, sensor.Y, 1e-9);
        Assert.Equal(view.X, orientation.ToPage(sensor).X, 1e-9);
        Assert.Equal(view.Y, orientation.ToPage(sensor).Y, 1e-9);
    }
}
