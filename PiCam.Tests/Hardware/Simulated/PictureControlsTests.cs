using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Simulated;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class PictureControlsTests
{
    private const int PatchRadius = 15;

    // 20 ms at gain 1 bring white paper to white.
    private static readonly CameraControls Half = CameraRig.Fixed(10);
    private static readonly PanTilt MiddleGrey = TestCard.Centre(3, 3);
    private static readonly PanTilt Red = TestCard.Centre(2, 2);
    private static readonly PanTilt Blue = TestCard.Centre(2, 0);

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(-0.2, 1)]
    [InlineData(0, 0.5)]
    [InlineData(0, 1.5)]
    [InlineData(0.3, 1.4)]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    [InlineData(0, 32)]
    [InlineData(0, 0)]
    public async Task BrightnessAndContrast_Greys_LieOnTheDocumentedLine(double brightness, double contrast)
    {
        await using var rig = await CameraRig.OpenAtCardAsync(Half);
        var neutral = await rig.TakeWithAsync(rig.Zoomed(Half));
        var changed = await rig.TakeWithAsync(rig.Zoomed(Half with { Brightness = brightness, Contrast = contrast }));
        for (var column = 0; column < TestCard.Columns; column++)
        {
            var before = Encoded(neutral, TestCard.Centre(3, column)).Green;
            var after = Encoded(changed, TestCard.Centre(3, column)).Green;
            var expected = Math.Clamp(((before - 0.5) * contrast) + 0.5 + (brightness / 2), 0, 1);
            Report($"grey {column}: {before:F3}", after - expected);

            // At contrast 32 noise decides where a grey near the middle comes to lie.
            Assert.InRange(after - expected, -0.012, 0.012);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1.4)]
    public async Task Saturation_ColouredPatches_MovesThemFromTheirGreyByTheFactor(double saturation)
    {
        await using var rig = await CameraRig.OpenAtCardAsync(Half);
        var neutral = await rig.TakeWithAsync(rig.Zoomed(Half));
        var changed = await rig.TakeWithAsync(rig.Zoomed(Half with { Saturation = saturation }));
        foreach (var patch in new[] { Red, Blue, MiddleGrey })
        {
            var (before, after) = (Encoded(neutral, patch), Encoded(changed, patch));
            var luma = (0.299 * before.Red) + (0.587 * before.Green) + (0.114 * before.Blue);
            Near(luma + (saturation * (before.Red - luma)), after.Red);
            Near(luma + (saturation * (before.Green - luma)), after.Green);
            Near(luma + (saturation * (before.Blue - luma)), after.Blue);
        }

        static void Near(double expected, double actual) => Assert.InRange(actual - Math.Clamp(expected, 0, 1), -0.015, 0.015);
    }

    [Fact]
    public async Task Sharpness_More_MakesEdgesSteeperAndLeavesPlanesAlone()
    {
        await using var rig = await CameraRig.OpenAtCardAsync(Half);
        var edges = new List<double>();
        var planes = new List<double>();
        foreach (var sharpness in new[] { 0, 1, 3, 8, 16 })
        {
            var picture = await rig.TakeWithAsync(rig.Zoomed(Half with { Sharpness = sharpness, NoiseReductionMode = NoiseReductionMode.HighQuality }));
            edges.Add(SteepestEdge(picture));
            planes.Add(picture.Mean(MiddleGrey, PatchRadius).Green);
            Report($"sharpness {sharpness}", edges[^1]);
        }

        Assert.All(edges.Zip(edges.Skip(1)), pair => Assert.True(pair.Second > pair.First * 1.05, $"{pair}"));
        Assert.All(planes, plane => Assert.InRange(plane / planes[1], 0.97, 1.03));
    }

    [Theory]
    [InlineData(65, 64)]
    [InlineData(97, 66)]
    public void Passes_OddSizes_ReachEveryPixelOnce(int width, int height)
    {
        var seed = 1UL;
        var before = Enumerable.Range(0, width * height * 4).Select(i => i % 4 == 3 ? (byte)255 : (byte)(NoiseTable.Next(ref seed) & 0xFF)).ToArray();
        var grey = before.ToArray();
        Saturation.Apply(grey, 0);
        var sharp = before.ToArray();
        new Sharpening(width, height).Apply(sharp, 3);

        for (var i = 0; i < before.Length; i += 4)
        {
            var luma = (int)Math.Round((0.299 * before[i]) + (0.587 * before[i + 1]) + (0.114 * before[i + 2]));
            Assert.InRange(grey[i] - luma, -1, 1);
            Assert.Equal((grey[i], grey[i], (byte)255), (grey[i + 1], grey[i + 2], grey[i + 3]));
        }

        for (var i = 0; i < before.Length; i++)
        {
            var (x, y) = (i / 4 % width, i / 4 / width);
            int At(int column, int row) =>
                before[(((Math.Clamp(row, 0, height - 1) * width) + Math.Clamp(column, 0, width - 1)) * 4) + (i % 4)];
            var mean = (At(x - 1, y) + At(x + 1, y) + At(x, y - 1) + At(x, y + 1)) / 4.0;
            Assert.InRange(sharp[i] - Math.Clamp(before[i] + before[i] - mean, 0, 255), -1, 1);
        }
    }

    [Fact]
    public async Task NoiseReduction_MoreOfIt_LeavesLessNoise()
    {
        await using var rig = await CameraRig.OpenAtCardAsync(CameraRig.Fixed(1, 8));
        var noises = new List<double>();
        foreach (var mode in new[] { NoiseReductionMode.Off, NoiseReductionMode.Minimal, NoiseReductionMode.Fast, NoiseReductionMode.HighQuality })
        {
            await rig.ReadWithAsync(rig.Zoomed(CameraRig.Fixed(1, 8) with { NoiseReductionMode = mode }));
            var frames = (await rig.ReadAsync(12)).Select(f => rig.Decode(f).Patch(MiddleGrey, PatchRadius)).ToArray();
            noises.Add(Math.Sqrt(Enumerable.Range(0, frames[0].Length).Select(i => Variance([.. frames.Select(f => f[i])])).Average()));
            Report($"{mode}", noises[^1]);
        }

        Assert.All(noises.Zip(noises.Skip(1)), pair => Assert.InRange(pair.First / pair.Second, 1.15, 1.8));
    }

    [Fact]
    public async Task ColourTemperature_Set_BalancesForThatLight()
    {
        await using var rig = await CameraRig.OpenAtCardAsync(Half);
        var automatic = Half with { ColourGains = null };
        var bluish = 0.0;
        foreach (var kelvin in new[] { 2700.0, 4000, SensorModel.SceneKelvin, 8000 })
        {
            var picture = await rig.TakeWithAsync(rig.Zoomed(automatic with { ColourTemperature = kelvin }));
            var (red, green, blue) = picture.Mean(MiddleGrey, PatchRadius);
            var gains = ColourTemperatureCurve.Gains(kelvin);
            Assert.Equal(gains, picture.Metadata.ColourGains);
            Assert.InRange(picture.Metadata.ColourTemperature!.Value / kelvin, 0.98, 1.02);
            Assert.InRange(red / green / (gains.Red / CameraRig.Neutral.Red), 0.95, 1.05);
            Assert.InRange(blue / green / (gains.Blue / CameraRig.Neutral.Blue), 0.95, 1.05);

            // Balancing for a warmer light than there is makes the picture colder.
            Assert.True(bluish == 0 || blue / red < bluish);
            bluish = blue / red;
        }
    }

    [Fact]
    public async Task ColourTemperature_WithColourGains_GivesWay()
    {
        await using var rig = await CameraRig.OpenAsync(Half with { ColourTemperature = 2700 }, width: 128);

        Assert.Equal(CameraRig.Neutral, (await rig.ReadAsync()).Metadata.ColourGains);
    }

    [Fact]
    public async Task Quality_Less_TakesFewerBytesForTheSamePicture()
    {
        await using var rig = await CameraRig.OpenAsync(Half, width: 320);
        var configured = await rig.ReadAsync();
        var lengths = new List<int>();
        foreach (var quality in new double[] { 1, 20, 60, 95, 100 })
        {
            var frame = await rig.ReadWithAsync(Half with { Quality = quality });
            lengths.Add(frame.Jpeg.Length);
            Assert.InRange(rig.Decode(frame).Brightness() / rig.Decode(configured).Brightness(), 0.9, 1.1);
        }

        Assert.Equal(lengths.Order(), lengths);
        Assert.True(lengths[^1] > lengths[0] * 4);
        Assert.Equal(95, rig.Stream.Capabilities.Quality!.Default);
        Assert.InRange((double)configured.Jpeg.Length / lengths[3], 0.97, 1.03);
    }

    private static (double Red, double Green, double Blue) Encoded(Picture picture, PanTilt patch)
    {
        var (red, green, blue) = picture.Mean(patch, PatchRadius);
        return (LinearColour.Encode(red), LinearColour.Encode(green), LinearColour.Encode(blue));
    }

    /// <summary>The largest step between neighbours across the edge of a patch, on average over rows.</summary>
    private static double SteepestEdge(Picture picture)
    {
        var ((left, y), (right, _)) = (picture.Place(TestCard.Centre(3, 0)), picture.Place(TestCard.Centre(3, 1)));
        return Enumerable.Range((int)y - 8, 16)
            .Average(row => Enumerable.Range((int)left, (int)(right - left)).Max(x => Math.Abs(picture.Byte(x + 1, row, 1) - picture.Byte(x, row, 1))));
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }

    private static void Report(string what, double value) =>
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{what}: {value:F4}"));
}
