using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Simulated;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class SensorTests
{
    private const int PatchRadius = 15;

    private static readonly PanTilt LightGrey = TestCard.Centre(3, 2);
    private static readonly PanTilt MiddleGrey = TestCard.Centre(3, 3);

    [Fact]
    public async Task Exposure_Doubled_DoublesTheLight()
    {
        await using var rig = await CameraRig.OpenAtCardAsync(CameraRig.Fixed(2));
        foreach (var (before, after) in new[] { ((2.0, 1.0), (4.0, 1.0)), ((4, 1), (4, 2)), ((2, 2), (4, 2)), ((1, 4), (2, 4)), ((1, 4), (1, 8)), ((0.5, 8), (1, 8)) })
        {
            var first = await rig.TakeWithAsync(rig.Zoomed(CameraRig.Fixed(before.Item1, before.Item2)));
            var second = await rig.TakeWithAsync(rig.Zoomed(CameraRig.Fixed(after.Item1, after.Item2)));
            foreach (var patch in new[] { LightGrey, MiddleGrey })
            {
                var (dim, bright) = (first.Mean(patch, PatchRadius), second.Mean(patch, PatchRadius));
                Report($"{before}→{after} {patch.Pan:F1}", bright.Green / dim.Green / 2);
                Assert.InRange(bright.Red / dim.Red, 1.9, 2.1);
                Assert.InRange(bright.Green / dim.Green, 1.9, 2.1);
                Assert.InRange(bright.Blue / dim.Blue, 1.9, 2.1);
            }
        }
    }

    [Fact]
    public async Task Exposure_FarTooLong_ClipsToWhite()
    {
        await using var rig = await CameraRig.OpenAtCardAsync(CameraRig.Fixed(60, 4));
        var picture = await rig.TakeWithAsync(rig.Zoomed(CameraRig.Fixed(60, 4)));

        Assert.All(picture.Patch(LightGrey, PatchRadius), value => Assert.Equal(1, value));
        var (red, green, blue) = picture.Mean(LightGrey, PatchRadius);
        Assert.True(Math.Min(red, Math.Min(green, blue)) > 0.99, $"Not white: {red}, {green}, {blue}");
    }

    [Fact]
    public async Task Greys_UnderGainsForTheScenesLight_AreNeutralAndAsPainted()
    {
        // 20 ms at gain 1 bring white paper to white, so 10 ms show half of what is painted.
        await using var rig = await CameraRig.OpenAtCardAsync(CameraRig.Fixed(10));
        var picture = await rig.TakeWithAsync(rig.Zoomed(CameraRig.Fixed(10)));
        for (var column = 0; column < TestCard.Columns; column++)
        {
            var (red, green, blue) = picture.Mean(TestCard.Centre(3, column), PatchRadius);
            var painted = LinearColour.Decode(TestCard.Colour(3, column).Green / 255.0) / 2;
            Report($"grey {column}", green / painted);
            Assert.InRange(green / painted, 0.95, 1.05);
            Assert.InRange(red / green, 0.97, 1.03);
            Assert.InRange(blue / green, 0.97, 1.03);
        }
    }

    [Fact]
    public async Task ColourGains_Changed_MoveTheRatiosOfTheColoursAlike()
    {
        await using var rig = await CameraRig.OpenAtCardAsync(CameraRig.Fixed(6));
        var first = (await rig.TakeWithAsync(rig.Zoomed(CameraRig.Fixed(6, 1, new ColourGains(1.2, 1.1))))).Mean(MiddleGrey, PatchRadius);
        foreach (var gains in new ColourGains[] { new(2.4, 1.1), new(1.2, 2.2), new(0.8, 3), new(3.5, 0.7) })
        {
            var (red, green, blue) = (await rig.TakeWithAsync(rig.Zoomed(CameraRig.Fixed(6, 1, gains)))).Mean(MiddleGrey, PatchRadius);
            Report($"{gains} red", red / green / (first.Red / first.Green) / (gains.Red / 1.2));
            Report($"{gains} blue", blue / green / (first.Blue / first.Green) / (gains.Blue / 1.1));
            Assert.InRange(red / green / (first.Red / first.Green) / (gains.Red / 1.2), 0.95, 1.05);
            Assert.InRange(blue / green / (first.Blue / first.Green) / (gains.Blue / 1.1), 0.95, 1.05);
        }
    }

    [Fact]
    public async Task Noise_MoreGainAtTheSameBrightness_Grows()
    {
        await using var rig = await CameraRig.OpenAtCardAsync(CameraRig.Fixed(8));
        var noises = new List<double>();
        foreach (var gain in new[] { 1, 2, 4, 8 })
        {
            await rig.ReadWithAsync(rig.Zoomed(CameraRig.Fixed(8.0 / gain, gain)));
            var frames = (await rig.ReadAsync(12)).Select(f => rig.Decode(f).Patch(LightGrey, PatchRadius)).ToArray();
            var variances = Enumerable.Range(0, frames[0].Length).Select(i => Variance([.. frames.Select(f => f[i])]));
            noises.Add(Math.Sqrt(variances.Average()) / frames.Average(f => f.Average()));
            Report($"noise at gain {gain}", noises[^1]);
        }

        // Photon noise grows with the root of the gain; JPEG swallows some where there is little.
        Assert.All(noises.Zip(noises.Skip(1)), pair => Assert.InRange(pair.Second / pair.First, 1.15, 2));
        Assert.InRange(noises[0], 0.002, 0.05);
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }

    private static void Report(string what, double value) =>
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{what}: {value:F4}"));
}
