using PiCam.Core.Gimbals;
using PiCam.Hardware.Simulated;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class SceneMotionTests
{
    private const double Dark = 0.15;
    private const double Bright = 0.9;

    /// <summary>Where the pendulum's bob passes its lowest point.</summary>
    private static readonly PanTilt Bob = new(7, 1);

    [Fact]
    public async Task HomeView_HalfASecondLater_HasMovedWhereThingsMoveAndOnlyThere()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(8));
        var first = await rig.TakeAsync();
        var later = rig.Decode((await rig.RunAsync(TimeSpan.FromSeconds(0.5)))[^1]);

        Assert.True(Difference(first, later, new PanTilt(7, 2), 25) > 0.01);
        Assert.True(Difference(first, later, TestCard.Centre(3, 2), 4) < 0.01);
    }

    [Fact]
    public async Task HomeView_MinutesLater_ShowsTheBoatElsewhere()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(8));
        var first = await rig.TakeAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(12));
        var later = await rig.TakeAsync();

        Assert.True(Difference(first, later, new PanTilt(-9.5, -1), 15) > 0.02);
    }

    [Fact]
    public async Task Exposure_Long_SmearsWhatMoves()
    {
        // The same light, once in 7.5 ms and once in 60 ms, in which the bob travels a quarter of a degree: 22 pixels.
        var sharp = await EdgeWidthAsync(7.5, 8);
        var smeared = await EdgeWidthAsync(60, 1);

        TestContext.Current.TestOutputHelper?.WriteLine($"Edge {sharp:F1} px at 7.5 ms, {smeared:F1} px at 60 ms");
        Assert.True(smeared > sharp + 5, $"{sharp} → {smeared}");
    }

    private static double Difference(Picture a, Picture b, PanTilt around, int radius) =>
        a.Patch(around, radius).Zip(b.Patch(around, radius)).Average(p => Math.Abs(p.First - p.Second));

    /// <summary>Pixels between dark and bright at the bob's edges, on average over some of its passes.</summary>
    private static async Task<double> EdgeWidthAsync(double milliseconds, double gain)
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(milliseconds, gain), Bob);
        var whole = rig.Stream.Capabilities.ScalerCropMaximum!.Value;
        var zoomed = CameraRig.Fixed(milliseconds, gain) with
        {
            ScalerCrop = new(whole.X + (whole.Width * 7 / 16), whole.Y + (whole.Height * 7 / 16), whole.Width / 8, whole.Height / 8),
        };
        await rig.ReadWithAsync(zoomed);
        var widths = new List<int>();
        foreach (var frame in await rig.RunAsync(TimeSpan.FromSeconds(2)))
        {
            var picture = rig.Decode(frame);
            var (middle, reach) = (picture.Width / 2, (int)(1.3 * picture.PixelsPerDegree));
            var row = Enumerable.Range(middle - reach, 2 * reach).Select(x => picture.Green(x, picture.Height / 2)).ToArray();
            // Only passes that are wholly in the dark of the window count.
            if (row.Max() > Bright && row.Take(10).Max() < Dark && row.TakeLast(10).Max() < Dark)
            {
                widths.Add(row.Count(g => g is > Dark and < Bright));
            }
        }

        Assert.True(widths.Count >= 4, $"The bob was seen in only {widths.Count} frames.");
        return widths.Average();
    }
}
