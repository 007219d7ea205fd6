using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class AimTests
{
    private const double MostPixelsOff = 0.5;

    private static readonly CameraControls Controls = CameraRig.Fixed(6);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(100, 0)]
    [InlineData(100, 30)]
    [InlineData(100, 45)]
    [InlineData(-140, 45)]
    [InlineData(180, 30)]
    [InlineData(90, 65)]
    public async Task Stars_AfterPanAndTilt_AreWhereTheProjectionPutsThem(double pan, double tilt)
    {
        await using var rig = await CameraRig.OpenAsync(Controls, new PanTilt(pan, tilt), 1280);
        var stars = Stars(pan, tilt).ToArray();
        var before = await rig.TakeAsync();
        var places = stars.Select(s => before.Centroid(before.Place(s), Radius(before))).ToArray();
        for (var i = 0; i < stars.Length; i++)
        {
            Near(before.Place(stars[i]), places[i], $"{stars[i]}");
        }

        foreach (var (right, up) in new[] { (0.5, 0.0), (-2.0, 0), (0, 0.7), (0, -2.0), (3, 2), (-1.3, -3) })
        {
            rig.Aim(pan + right, tilt + up);
            var after = await rig.TakeAsync();
            for (var i = 0; i < stars.Length; i++)
            {
                var (was, predicted) = (before.Place(stars[i]), after.Place(stars[i]));
                var measured = after.Centroid(predicted, Radius(after));
                Near(
                    (predicted.X - was.X, predicted.Y - was.Y),
                    (measured.X - places[i].X, measured.Y - places[i].Y),
                    $"{stars[i]} after {right}, {up}");
            }
        }
    }

    [Fact]
    public async Task Pan_ToTheRight_MovesTheSceneToTheLeftAndTiltUpMovesItDown()
    {
        await using var rig = await CameraRig.OpenAsync(Controls, new PanTilt(100, 20), 1280);
        var star = new PanTilt(110, 20);
        var first = await rig.TakeAsync();
        var before = first.Centroid(first.Place(star), Radius(first));
        rig.Aim(102, 22);
        var second = await rig.TakeAsync();
        var after = second.Centroid(second.Place(star), Radius(second));

        Assert.True(after.X < before.X - 20);
        Assert.True(after.Y > before.Y + 20);
    }

    [Theory]
    [InlineData(0.25, 0.25)]
    [InlineData(0.45, 0.14)]
    [InlineData(0.15, 0.45)]
    public async Task ScalerCrop_HalfTheSize_DoublesDistances(double left, double top)
    {
        await using var rig = await CameraRig.OpenAsync(Controls, new PanTilt(100, 20), 1280);
        var whole = rig.Stream.Capabilities.ScalerCropMaximum!.Value;
        var crop = new PixelRectangle(
            whole.X + (int)(whole.Width * left), whole.Y + (int)(whole.Height * top), whole.Width / 2, whole.Height / 2);
        var wide = await rig.TakeAsync();
        var near = await rig.TakeWithAsync(Controls with { ScalerCrop = crop });

        Assert.Equal(whole, wide.Metadata.ScalerCrop);
        Assert.Equal(crop, near.Metadata.ScalerCrop);
        var stars = Stars(100, 20)
            .Where(s => near.Place(s) is var (x, y) && x > 40 && x < near.Width - 40 && y > 40 && y < near.Height - 40)
            .ToArray();
        Assert.True(stars.Length >= 2, $"Only {stars.Length} stars are in the crop.");
        var inWide = stars.Select(s => wide.Centroid(wide.Place(s), Radius(wide))).ToArray();
        var inNear = stars.Select(s => near.Centroid(near.Place(s), Radius(near))).ToArray();
        for (var i = 0; i < stars.Length; i++)
        {
            Near(near.Place(stars[i]), inNear[i], $"{stars[i]}");
            for (var j = 0; j < i; j++)
            {
                Assert.InRange(Distance(inNear[i], inNear[j]) / Distance(inWide[i], inWide[j]), 1.99, 2.01);
            }
        }
    }

    [Fact]
    public async Task Figures_BesideTheStarsWhereTheTurnCloses_AreThereAsElsewhere()
    {
        await using var rig = await CameraRig.OpenAsync(Controls, new PanTilt(170, 15), 1280);
        var picture = await rig.TakeAsync();
        var elsewhere = Ink(new PanTilt(160.85, 20));
        var closing = Ink(new PanTilt(180.85, 20));

        Assert.True(elsewhere > 0.001);
        Assert.InRange(closing / elsewhere, 0.7, 1.4);

        // Light above the sky's, on average: a figure cut in two has half of it.
        double Ink(PanTilt direction)
        {
            var patch = picture.Patch(direction, (int)(0.35 * picture.PixelsPerDegree));
            var sky = patch.Order().ElementAt(patch.Length / 3);
            return patch.Average(g => Math.Max(0, g - sky - 0.01));
        }
    }

    /// <summary>Stars that stay in the picture while the camera turns by a few degrees.</summary>
    private static IEnumerable<PanTilt> Stars(double pan, double tilt)
    {
        var middle = Math.Round(pan / 10) * 10;
        for (var elevation = 10; elevation <= 80; elevation += 10)
        {
            // Some four degrees short of the upper and lower edge leave room for the steps.
            if (Math.Abs(elevation - tilt) <= 11)
            {
                yield return new PanTilt(middle - 10, elevation);
                yield return new PanTilt(middle + 10, elevation);
            }
        }
    }

    private static int Radius(Picture picture) => (int)(0.4 * picture.PixelsPerDegree);

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2));

    private static void Near((double X, double Y) expected, (double X, double Y) actual, string what)
    {
        var off = Distance(expected, actual);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{what}: {off:F3} px"));
        Assert.True(off <= MostPixelsOff, $"{what}: expected {expected}, found {actual}");
    }
}
