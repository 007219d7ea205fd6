using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Simulated;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class AutoExposureTests
{
    private static readonly TimeSpan ConvergenceTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestAutomatic = TimeSpan.FromMilliseconds(66.7);
    private static readonly PanTilt IntoTheSun = new(-15, 3);
    private static readonly PanTilt AtTheStone = new(150, -60);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-15, 3)]
    [InlineData(150, -60)]
    [InlineData(100, 80)]
    public async Task Open_Anywhere_SettlesWithinTwoSecondsAndStays(double pan, double tilt)
    {
        await using var rig = await OpenAsync(CameraControls.Automatic, new PanTilt(pan, tilt));

        await AssertSettlesAsync(rig);
        Assert.InRange((await rig.TakeAsync()).Brightness(), 0.08, 0.5);
    }

    /// <summary>Out of a night's exposure, of frames that end before the ones before them: a sensor that was started anew.</summary>
    [Fact]
    public void Update_FramesThatGoBackInTime_StillChoosesAnExposure()
    {
        var can = Ov5647.Still(Ov5647.Size, quality: 80);
        var exposure = new AutoExposure(can);
        var (frame, white) = (TimeSpan.FromMilliseconds(33), new FrameStatistics(1, 1, 1, 1, 1, 1));
        var night = CameraControls.Automatic with { ExposureTime = TimeSpan.FromSeconds(6), AnalogueGain = 8 };
        exposure.Update(Settings(night, night.ExposureTime.Value), white, frame);

        for (var number = 0; number < 10; number++)
        {
            exposure.Update(Settings(CameraControls.Automatic, frame), white, TimeSpan.FromSeconds(-5));
        }

        Assert.InRange(exposure.Choose(CameraControls.Automatic, frame).ExposureTime, can.ExposureTime!.Minimum, frame);

        SensorSettings Settings(CameraControls controls, TimeSpan time) =>
            new(controls, can, 1, time, 8, new ColourGains(1, 1), frame, frame, new PixelRectangle(0, 0, 1, 1), AeLocked: false);
    }

    [Fact]
    public async Task Pan_BetweenDarkAndBright_SettlesAnewWithinTwoSeconds()
    {
        await using var rig = await OpenAsync(CameraControls.Automatic, AtTheStone);
        var dark = await AssertSettlesAsync(rig);
        rig.Aim(IntoTheSun.Pan, IntoTheSun.Tilt);
        var bright = await AssertSettlesAsync(rig);
        rig.Aim(AtTheStone.Pan, AtTheStone.Tilt);
        var darkAgain = await AssertSettlesAsync(rig);

        Assert.True(Total(bright) < Total(dark) / 2);
        Assert.InRange(Total(darkAgain) / Total(dark), 0.85, 1.18);
    }

    [Fact]
    public async Task ExposureValue_OneStop_ChangesTheBrightnessByAboutAStop()
    {
        await using var rig = await OpenAsync(CameraControls.Automatic, new PanTilt(100, 20));
        await AssertSettlesAsync(rig);
        var normal = (await rig.TakeAsync()).Brightness();
        await rig.ReadWithAsync(new CameraControls { ExposureValue = 1 });
        await AssertSettlesAsync(rig);
        var brighter = (await rig.TakeAsync()).Brightness();
        await rig.ReadWithAsync(new CameraControls { ExposureValue = -1 });
        await AssertSettlesAsync(rig);
        var darker = (await rig.TakeAsync()).Brightness();

        Report("EV+1", brighter / normal);
        Report("EV-1", darker / normal);
        Assert.InRange(brighter / normal, 1.6, 2.5);
        Assert.InRange(normal / darker, 1.6, 2.5);
    }

    [Fact]
    public async Task Automatic_ExposureTimeFixed_MovesOnlyTheGain()
    {
        var fixedTime = TimeSpan.FromMilliseconds(4);
        await using var rig = await OpenAsync(new CameraControls { ExposureTime = fixedTime }, new PanTilt(100, 20));
        var bright = await AssertSettlesAsync(rig);
        rig.Aim(AtTheStone.Pan, AtTheStone.Tilt);
        var frames = await rig.RunAsync(ConvergenceTime);
        var dark = await AssertSettlesAsync(rig);

        Assert.All(frames, f => Assert.Equal(fixedTime, f.Metadata.ExposureTime));
        Assert.True(dark.AnalogueGain > bright.AnalogueGain * 1.2, $"{bright.AnalogueGain} → {dark.AnalogueGain}");
    }

    [Fact]
    public async Task Automatic_GainFixed_MovesOnlyTheExposureTime()
    {
        await using var rig = await OpenAsync(new CameraControls { AnalogueGain = 2 }, IntoTheSun);
        var bright = await AssertSettlesAsync(rig);
        rig.Aim(AtTheStone.Pan, AtTheStone.Tilt);
        var frames = await rig.RunAsync(ConvergenceTime);
        var dark = await AssertSettlesAsync(rig);

        Assert.All(frames, f => Assert.Equal(2, f.Metadata.AnalogueGain));
        Assert.True(dark.ExposureTime > bright.ExposureTime * 2, $"{bright.ExposureTime} → {dark.ExposureTime}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10.0)]
    [InlineData(1.0)]
    public async Task Automatic_AskedForMoreLightThanThereIs_StopsAtItsLimits(double? frameRate)
    {
        await using var rig = await OpenAsync(new CameraControls { ExposureValue = 8, FrameRate = frameRate }, AtTheStone);
        var frames = await rig.RunAsync(TimeSpan.FromSeconds(4));

        Assert.All(frames, f => Assert.InRange(f.Metadata.ExposureTime!.Value, TimeSpan.FromMicroseconds(130), LongestAutomatic));
        Assert.All(frames, f => Assert.InRange(f.Metadata.AnalogueGain!.Value, 1, 8));
        Assert.All(frames, f => Assert.True(f.Metadata.ExposureTime <= f.Metadata.FrameDuration));
        // It spends shutter before gain.
        Assert.All(frames, f => Assert.True(f.Metadata.AnalogueGain < 1.001 || f.Metadata.ExposureTime > TimeSpan.FromMilliseconds(33)));
    }

    [Fact]
    public async Task Automatic_AfterFixedValues_StartsFromThemAndSettles()
    {
        await using var rig = await OpenAsync(CameraRig.Fixed(60, 8));
        Assert.All(await rig.ReadAsync(5), f => Assert.True(f.Metadata.AeLocked));
        var first = await rig.ReadWithAsync(CameraControls.Automatic);
        var settled = await AssertSettlesAsync(rig);

        Assert.False(first.Metadata.AeLocked);
        Assert.InRange(Total(settled), 0.001, 0.06);
    }

    [Fact]
    public async Task WhiteBalance_OpenedCold_MakesGreysNeutralWithinTwoSeconds()
    {
        await using var rig = await CameraRig.OpenAsync(CameraControls.Automatic);
        await rig.RunAsync(ConvergenceTime);
        var picture = await rig.TakeAsync();
        var (red, green, blue) = picture.Mean(TestCard.Centre(3, 2), 2);

        Report("red/green", red / green);
        Report("blue/green", blue / green);
        Report("Kelvin", picture.Metadata.ColourTemperature!.Value);
        Assert.InRange(red / green, 0.85, 1.15);
        Assert.InRange(blue / green, 0.85, 1.15);
        Assert.InRange(picture.Metadata.ColourTemperature!.Value, 4300, 5700);
    }

    [Theory]
    [InlineData(AwbMode.Incandescent, 2500, 3000)]
    [InlineData(AwbMode.Tungsten, 3000, 3500)]
    [InlineData(AwbMode.Fluorescent, 4000, 4700)]
    [InlineData(AwbMode.Indoor, 3000, 5000)]
    [InlineData(AwbMode.Daylight, 5500, 6500)]
    [InlineData(AwbMode.Cloudy, 7000, 8600)]
    public async Task WhiteBalance_Mode_ChoosesInsideItsRange(AwbMode mode, double lowest, double highest)
    {
        await using var rig = await OpenAsync(CameraControls.Automatic);
        await rig.ReadWithAsync(new CameraControls { AwbMode = mode });
        await rig.RunAsync(ConvergenceTime);
        var metadata = (await rig.ReadAsync()).Metadata;

        Assert.InRange(metadata.ColourTemperature!.Value, lowest - 20, highest + 20);
    }

    private static Task<CameraRig> OpenAsync(CameraControls controls, PanTilt aim = default) => CameraRig.OpenAsync(controls, aim, 320);

    private static double Total(FrameMetadata metadata) => metadata.ExposureTime!.Value.TotalSeconds * metadata.AnalogueGain!.Value;

    private static async Task<FrameMetadata> AssertSettlesAsync(CameraRig rig)
    {
        await rig.RunAsync(ConvergenceTime);
        var settled = (await rig.ReadAsync()).Metadata;
        Assert.True(settled.AeLocked);
        foreach (var frame in await rig.ReadAsync(15))
        {
            Assert.True(frame.Metadata.AeLocked);
            Assert.Equal(
                (settled.ExposureTime, settled.AnalogueGain),
                (frame.Metadata.ExposureTime, frame.Metadata.AnalogueGain));
            Assert.InRange(frame.Metadata.ColourTemperature!.Value / settled.ColourTemperature!.Value, 0.99, 1.01);
        }

        return settled;
    }

    private static void Report(string what, double value) =>
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{what}: {value:F4}"));
}
