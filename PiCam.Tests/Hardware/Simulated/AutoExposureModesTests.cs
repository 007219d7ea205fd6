using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class AutoExposureModesTests
{
    private static readonly PanTilt IntoTheSun = new(-15, 3);
    private static readonly PanTilt AtTheStone = new(150, -60);

    [Fact]
    public async Task ExposureMode_Short_PrefersGainForTheSameBrightness()
    {
        var normal = await SettleAsync(new CameraControls { ExposureValue = 1 }, AtTheStone);
        var brief = await SettleAsync(new CameraControls { ExposureValue = 1, AeExposureMode = AeExposureMode.Short }, AtTheStone);

        Assert.InRange(Total(brief) / Total(normal), 0.95, 1.05);
        Assert.True(brief.ExposureTime < normal.ExposureTime * 0.7, $"{normal.ExposureTime} → {brief.ExposureTime}");
        Assert.True(brief.AnalogueGain > normal.AnalogueGain * 1.4, $"{normal.AnalogueGain} → {brief.AnalogueGain}");
    }

    [Theory]
    [InlineData(AeExposureMode.Normal, null, 33.4)]
    [InlineData(AeExposureMode.Normal, 10.0, 66.7)]
    [InlineData(AeExposureMode.Short, 10.0, 33.4)]
    [InlineData(AeExposureMode.Long, null, 120)]
    [InlineData(AeExposureMode.Long, 30.0, 33.4)]
    [InlineData(AeExposureMode.Long, 5.0, 120)]
    public async Task ExposureMode_AskedForMuchLight_GoesToItsCeilingAndNotBeyond(AeExposureMode mode, double? frameRate, double milliseconds)
    {
        var settled = await SettleAsync(new CameraControls { ExposureValue = 8, AeExposureMode = mode, FrameRate = frameRate }, AtTheStone);

        Report($"{mode} {frameRate}", settled.ExposureTime!.Value.TotalMilliseconds);
        Assert.InRange(settled.ExposureTime!.Value.TotalMilliseconds, milliseconds * (mode == AeExposureMode.Short ? 0.25 : 0.98), milliseconds);
        Assert.True(settled.FrameDuration >= settled.ExposureTime);
    }

    [Fact]
    public async Task MeteringMode_BrightMiddle_ShortensTheExposureWithItsWeight()
    {
        var totals = new List<double>();
        foreach (var mode in new[] { AeMeteringMode.Spot, AeMeteringMode.CentreWeighted, AeMeteringMode.Matrix })
        {
            totals.Add(Total(await SettleAsync(new CameraControls { AeMeteringMode = mode }, IntoTheSun)));
            Report($"{mode}", totals[^1]);
        }

        Assert.True(totals[0] < totals[1] * 0.9);
        Assert.True(totals[1] < totals[2] * 0.97);
    }

    [Fact]
    public async Task ConstraintMode_Highlight_KeepsTheBrightestPartsFromWhite()
    {
        var brightest = new Dictionary<AeConstraintMode, double>();
        foreach (var mode in new[] { AeConstraintMode.Normal, AeConstraintMode.Highlight })
        {
            await using var rig = await CameraRig.OpenAsync(
                new CameraControls { ExposureValue = 2, AeConstraintMode = mode, ColourGains = CameraRig.Neutral }, IntoTheSun, 320);
            await rig.RunAsync(TimeSpan.FromSeconds(3));
            var picture = await rig.TakeAsync();
            Assert.True(picture.Metadata.AeLocked);
            var greens = Enumerable.Range(0, picture.Width * picture.Height)
                .Select(i => picture.Green(i % picture.Width, i / picture.Width)).OrderDescending().ToArray();
            brightest[mode] = greens.Take(greens.Length / 50).Average();
            Report($"{mode}", brightest[mode]);
        }

        Assert.True(brightest[AeConstraintMode.Normal] > 0.98);
        Assert.InRange(brightest[AeConstraintMode.Highlight], 0.8, 0.96);
    }

    [Theory]
    [InlineData(AeFlickerMode.Hz50, 10_000, null)]
    [InlineData(AeFlickerMode.Hz60, 8_333, null)]
    [InlineData(AeFlickerMode.Hz50, 10_000, 1.0)]
    public async Task FlickerMode_LongExposure_IsWholePeriodsAndAsBright(AeFlickerMode mode, int microseconds, double? gain)
    {
        var off = await SettleAsync(new CameraControls { AnalogueGain = gain }, AtTheStone);
        var on = await SettleAsync(new CameraControls { AeFlickerMode = mode, AnalogueGain = gain }, AtTheStone);

        Assert.True(off.ExposureTime!.Value.TotalMicroseconds > microseconds, $"{off.ExposureTime}");
        Assert.Equal(0, on.ExposureTime!.Value.TotalMicroseconds % microseconds, 1e-6);
        Assert.InRange(Total(on) / Total(off), gain is null ? 0.95 : 0.5, 1.05);
    }

    [Fact]
    public async Task FlickerMode_ShortExposure_IsLeftAlone()
    {
        var off = await SettleAsync(new CameraControls(), IntoTheSun);
        var on = await SettleAsync(new CameraControls { AeFlickerMode = AeFlickerMode.Hz50 }, IntoTheSun);

        Assert.True(off.ExposureTime < TimeSpan.FromMilliseconds(10));
        Assert.Equal(off.ExposureTime, on.ExposureTime);
    }

    [Fact]
    public async Task FlickerMode_FixedExposure_IsLeftAlone()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(13) with { AeFlickerMode = AeFlickerMode.Hz50 }, width: 128);

        Assert.Equal(TimeSpan.FromMilliseconds(13), (await rig.ReadAsync()).Metadata.ExposureTime);
    }

    [Fact]
    public async Task Lux_AnyExposure_IsTheScenes()
    {
        await using var rig = await CameraRig.OpenAsync(CameraRig.Fixed(4), new PanTilt(100, 20), 320);
        var picture = await rig.TakeAsync();
        var lux = picture.Metadata.Lux!.Value;
        foreach (var (milliseconds, gain) in new[] { (1.0, 1.0), (8, 1), (2, 4), (60, 8) })
        {
            var frame = await rig.ReadWithAsync(CameraRig.Fixed(milliseconds, gain));
            Assert.InRange(frame.Metadata.Lux!.Value / lux, 0.99, 1.01);
        }

        // What the pixels say, by libcamera's reference for this sensor.
        Assert.InRange(lux / (picture.Brightness() / 0.004 * 0.021663 * 65536 / 8961 * 987), 0.9, 1.1);
        rig.Aim(AtTheStone.Pan, AtTheStone.Tilt);
        Assert.True((await rig.ReadAsync()).Metadata.Lux < lux);
    }

    private static async Task<FrameMetadata> SettleAsync(CameraControls controls, PanTilt aim)
    {
        await using var rig = await CameraRig.OpenAsync(controls, aim, 320);
        await rig.RunAsync(TimeSpan.FromSeconds(3));
        var settled = (await rig.ReadAsync()).Metadata;
        Assert.True(settled.AeLocked);
        return settled;
    }

    private static double Total(FrameMetadata metadata) => metadata.ExposureTime!.Value.TotalSeconds * metadata.AnalogueGain!.Value;

    private static void Report(string what, double value) =>
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{what}: {value:F4}"));
}
