using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class MirrorTests
{
    [Theory]
    [InlineData(Rotation.Rotate0, true, false)]
    [InlineData(Rotation.Rotate0, false, true)]
    [InlineData(Rotation.Rotate180, false, false)]
    [InlineData(Rotation.Rotate180, true, false)]
    [InlineData(Rotation.Rotate90, true, false)]
    [InlineData(Rotation.Rotate270, false, false)]
    public async Task Orientation_Changed_PutsEachStarWhereTheCameraMirrorsIt(Rotation rotation, bool horizontal, bool vertical)
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(6), new PanTilt(100, 20), 1280);
        Assert.True(rig.Stream.Capabilities.Flips);
        var whole = rig.Stream.Capabilities.ScalerCropMaximum!.Value;
        var crop = new PixelRectangle(whole.X + (whole.Width / 3), whole.Y + (whole.Height / 8), whole.Width / 2, whole.Height / 2);
        foreach (var part in new[] { whole, crop })
        {
            var controls = CameraRig.Fixed(6) with
            {
                Rotation = rotation,
                HorizontalFlip = horizontal,
                VerticalFlip = vertical,
                ScalerCrop = part,
            };
            var camera = Orientation.Of(controls, true);
            var picture = await rig.TakeWithAsync(controls);

            Assert.Equal(part, picture.Metadata.ScalerCrop);
            var radius = (int)(0.4 * picture.PixelsPerDegree);
            var seen = 0;
            foreach (var star in new PanTilt[] { new(90, 20), new(110, 20), new(90, 30), new(110, 30) })
            {
                var (x, y) = picture.Place(star);
                if (x < 40 || x > picture.Width - 40 || y < 40 || y > picture.Height - 40)
                {
                    continue;
                }

                var expected = (
                    X: camera.CameraHorizontalFlip ? picture.Width - x : x,
                    Y: camera.CameraVerticalFlip ? picture.Height - y : y);
                var found = picture.Centroid(expected, radius);
                Assert.InRange(found.X - expected.X, -0.5, 0.5);
                Assert.InRange(found.Y - expected.Y, -0.5, 0.5);
                seen++;
            }

            Assert.True(seen >= 2, $"Only {seen} stars are in {part}.");
        }
    }
}
