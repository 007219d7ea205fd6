using PiCam.Core.Cameras;
using PiCam.Hardware.Rpicam;
using Xunit;

namespace PiCam.Tests.Hardware.Rpicam;

public sealed class RpicamArgumentsTests
{
    private static readonly RpicamListing Ov5647 = new(
        0,
        "ov5647",
        "/base/soc/i2c0mux/i2c@1/ov5647@36",
        new(2592, 1944),
        [
            new(new(640, 480), 10, 58.92, new(16, 0, 2560, 1920)),
            new(new(1296, 972), 10, 46.34, new(0, 0, 2592, 1944)),
            new(new(1920, 1080), 10, 32.81, new(348, 434, 1928, 1080)),
            new(new(2592, 1944), 10, 15.63, new(0, 0, 2592, 1944)),
        ],
        null);

    [Fact]
    public void For_Automatic_NamesSizeAndModeAndNothingThatIsUsual() => Assert.Equal(
        [
            "--codec=mjpeg", "--output=-", "--flush", "--timeout=0", "--nopreview", "--info-text=" + RpicamInfo.Text,
            "--width=1280", "--height=720", "--quality=80", "--mode=1296:972:10:P",
        ],
        For(CameraControls.Automatic));

    [Fact]
    public void For_EveryControl_HasItsOption()
    {
        var arguments = For(new CameraControls
        {
            ExposureTime = TimeSpan.FromMilliseconds(4),
            AnalogueGain = 3.5,
            ExposureValue = -0.5,
            AeExposureMode = AeExposureMode.Short,
            AeMeteringMode = AeMeteringMode.Matrix,
            AeFlickerMode = AeFlickerMode.Hz60,
            AwbMode = AwbMode.Cloudy,
            ColourGains = new(1.5, 1.25),
            Brightness = -0.25,
            Contrast = 1.5,
            Saturation = 0,
            Sharpness = 2,
            NoiseReductionMode = NoiseReductionMode.Minimal,
            AfMode = AfMode.Manual,
            AfRange = AfRange.Macro,
            LensPosition = 2.5,
            HdrMode = HdrMode.SingleExposure,
            ScalerCrop = new(648, 486, 1296, 729),
            SensorMode = new(2592, 1944),
            Size = new(640, 360),
            FrameRate = 12.5,
            Quality = 55,
            Rotation = Rotation.Rotate180,
            HorizontalFlip = true,
        });

        Assert.Equal(
            [
                "--width=640", "--height=360", "--quality=55", "--mode=2592:1944:10:P", "--shutter=4000", "--gain=3.5", "--ev=-0.5", "--exposure=sport",
                "--metering=average", "--flicker-period=8333", "--awb=cloudy", "--awbgains=1.5,1.25", "--brightness=-0.25", "--contrast=1.5",
                "--saturation=0", "--sharpness=2", "--denoise=cdn_off", "--autofocus-mode=manual", "--autofocus-range=macro", "--lens-position=2.5",
                "--hdr=single-exp", "--roi=0.25,0.25,0.5,0.375", "--vflip", "--framerate=12.5",
            ],
            arguments.Skip(6));
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(500, "--framerate=1.996007984")]
    [InlineData(6000, "--framerate=0.166638893")]
    [InlineData(100_000, "--framerate=0.0099999")]
    public void For_LongExposure_LowersTheRateByItself(int milliseconds, string? expected) => Assert.Equal(
        expected, For(new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(milliseconds) }).FirstOrDefault(a => a.StartsWith("--framerate", StringComparison.Ordinal)));

    [Fact]
    public void For_QuarterTurn_IsThePages() =>
        Assert.Equal(For(CameraControls.Automatic), For(new CameraControls { Rotation = Rotation.Rotate90 }));

    private static IReadOnlyList<string> For(CameraControls controls) => RpicamArguments.For(new RpicamCameraOptions(), Ov5647, controls);
}
