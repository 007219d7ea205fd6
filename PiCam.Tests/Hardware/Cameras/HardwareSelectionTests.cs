using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Lights;
using PiCam.Hardware;
using PiCam.Hardware.Boards;
using PiCam.Hardware.Cameras;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Cameras;

public sealed class HardwareSelectionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("auto", "auto", false, true, nameof(CameraKind.Simulated), nameof(GimbalKind.Simulated))]
    [InlineData("auto", "none", false, true, nameof(CameraKind.Simulated), nameof(GimbalKind.None))]
    [InlineData("simulated", "auto", true, true, nameof(CameraKind.Simulated), nameof(GimbalKind.Simulated))]
    [InlineData("auto", "auto", true, false, nameof(CameraKind.Found), nameof(GimbalKind.None))]
    [InlineData("auto", "auto", true, true, nameof(CameraKind.Found), nameof(GimbalKind.Pca9685))]
    [InlineData("libcamera", "none", true, true, nameof(CameraKind.Libcamera), nameof(GimbalKind.None))]
    [InlineData("libcamera", "auto", false, true, nameof(CameraKind.Libcamera), nameof(GimbalKind.None))]
    [InlineData("rpicam", "auto", true, true, nameof(CameraKind.Rpicam), nameof(GimbalKind.Pca9685))]
    [InlineData("ffmpeg", "auto", false, true, nameof(CameraKind.Ffmpeg), nameof(GimbalKind.None))]
    [InlineData("ffmpeg", "simulated", true, true, nameof(CameraKind.Ffmpeg), nameof(GimbalKind.Simulated))]
    [InlineData("ffmpeg", "pca9685", false, false, nameof(CameraKind.Ffmpeg), nameof(GimbalKind.Pca9685))]
    [InlineData("auto", "auto", true, true, nameof(CameraKind.Found), nameof(GimbalKind.Pca9685), true)]
    [InlineData("auto", "auto", true, false, nameof(CameraKind.Found), nameof(GimbalKind.Pwm), true)]
    [InlineData("ffmpeg", "auto", false, false, nameof(CameraKind.Ffmpeg), nameof(GimbalKind.None), true)]
    [InlineData("auto", "pwm", true, true, nameof(CameraKind.Found), nameof(GimbalKind.Pwm))]
    [InlineData("auto", "software", true, true, nameof(CameraKind.Found), nameof(GimbalKind.Software))]
    public void From_SourceDriverBoardAndBus_Chooses(string source, string driver, bool onPi, bool hasPca9685, string camera, string gimbal, bool namesPins = false)
    {
        var selection = CameraSelection.From(source, driver, onPi ? Pi() : Pc(), () => hasPca9685, namesPins);

        Assert.Equal((camera, gimbal), (selection.Camera.ToString(), selection.Gimbal.ToString()));
    }

    [Fact]
    public async Task AddPiCamHardware_AutoOnARaspberryPi_FindsNoCameraAndSaysWhatWasTried()
    {
        await using var services = Services(Pi());

        var camera = services.GetRequiredService<ICamera>();

        var lost = await Assert.ThrowsAsync<CameraLostException>(
            () => camera.OpenAsync(CameraControls.Automatic, 1, TestContext.Current.CancellationToken));
        Assert.StartsWith("No camera found; tried: Raspberry Pi 4 Model B Rev 1.4", lost.Message, StringComparison.Ordinal);
        Assert.Null(services.GetService<GimbalHardware>());
    }

    [Fact]
    public async Task AddPiCamHardware_Ffmpeg_IsTheCameraWithoutAGimbal()
    {
        await using var services = Services(Pc(), ("Camera:Source", "ffmpeg"), ("Camera:Path", "/videos/boat.mp4"));

        Assert.Equal("video file boat.mp4, looped by ffmpeg", Assert.IsType<FfmpegCamera>(services.GetRequiredService<ICamera>()).Description);
        Assert.Null(services.GetService<GimbalHardware>());
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public async Task Validate_CameraSection_SaysAllErrorsAtOnce()
    {
        await using var services = Services(
            Pc(), ("Camera:Source", "foo"), ("Camera:Width", "1281"), ("Camera:Height", "4"), ("Camera:Quality", "101"));

        var invalid = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<CameraOptions>>().Value);

        Assert.Equal(
            [
                "Camera:Source is 'foo'; allowed are auto, libcamera, rpicam, simulated, ffmpeg.",
                "Camera:Width is '1281'; allowed are even numbers from 160 to 1920.",
                "Camera:Height is '4'; allowed are even numbers from 120 to 1080.",
                "Camera:Quality is '101'; allowed are 1 to 100.",
            ],
            invalid.Failures);
    }

    [Fact]
    public async Task Validate_FfmpegWithoutPath_NamesTheKey()
    {
        await using var services = Services(Pc(), ("Camera:Source", "ffmpeg"));

        var invalid = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(["Camera:Path is ''; Camera:Source 'ffmpeg' needs a webcam (/dev/video0), a network camera (rtsp://…, http://…) or a video file."], invalid.Failures);
    }

    [Fact]
    public async Task Validate_GimbalSection_NamesDriverAndLimits()
    {
        await using var services = Services(Pc(), ("Gimbal:Driver", "steam"), ("Gimbal:Pan:MinimumAngle", "95"));

        var invalid = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<GimbalOptions>>().Value);

        Assert.Contains("Gimbal:Driver is 'steam'; allowed are auto, pca9685, pwm, simulated, none, software.", invalid.Failures);
        Assert.Contains(invalid.Failures, failure => failure == "Gimbal:Pan:MinimumAngle is 95°; allowed is less than 90°.");
    }

    [Theory]
    [InlineData("MinimumAngle", "50", "Gimbal:Pan:MinimumAngle is 50°; allowed is less than 45.005°.")]
    [InlineData("MaximumAngle", "-50", "Gimbal:Pan:MaximumAngle is -50°; allowed is above -45.005°, at most 360°.")]
    public async Task Validate_AnglesThatNoPulseReaches_AreRefused(string key, string value, string expected)
    {
        await using var services = Services(
            Pc(), ("Gimbal:Pan:HomeAngle", value), ("Gimbal:Pan:MinimumAngle", key == "MinimumAngle" ? value : "-90"), ("Gimbal:Pan:MaximumAngle", key == "MaximumAngle" ? value : "90"));

        var invalid = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<GimbalOptions>>().Value);

        Assert.Equal(expected, Assert.Single(invalid.Failures));
    }

    [Theory]
    [InlineData("pwm", "17", "19", "Gimbal:PanPin is '17'; allowed are 12, 13, 18, 19.")]
    [InlineData("pwm", "12", "12", "Gimbal:TiltPin is '12', as is Gimbal:PanPin; allowed is another pin.")]
    [InlineData("pwm", "12", "18", "Gimbal:TiltPin is '18' beside Gimbal:PanPin '12'; allowed are one of 12, 18 and one of 13, 19.")]
    [InlineData("software", "28", "19", "Gimbal:PanPin is '28'; allowed are 0 to 27.")]
    public async Task Validate_Pins_NamesKeyValueAndRange(string driver, string pan, string tilt, string expected)
    {
        await using var services = Services(
            Pc(), ("Gimbal:Driver", driver), ("Gimbal:PanPin", pan), ("Gimbal:TiltPin", tilt));

        var invalid = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<GimbalOptions>>().Value);

        Assert.Contains(expected, invalid.Failures);
    }

    [Theory]
    [InlineData("pwm", "hardware PWM on GPIO 18 and 19", false)]
    [InlineData("software", "software PWM on GPIO 18 and 19, which makes servos tremble", true)]
    public async Task AddPiCamHardware_ServosOnPins_AreDescribedAndTouchNothingYet(string driver, string description, bool trembles)
    {
        await using var services = Services(Pc(), ("Gimbal:Driver", driver));
        services.GetRequiredService<IStartupValidator>().Validate();

        var gimbal = services.GetRequiredService<GimbalHardware>();

        Assert.Equal((description, trembles), (gimbal.Description.English, gimbal.Trembles));
    }

    [Theory]
    [InlineData("Lights:LedPin", "28", "Lights:LedPin is '28'; allowed are 0 to 27.")]
    [InlineData("Lights:LampPin", "17", "Lights:LampPin is '17', as is Lights:LedPin; allowed is another pin.")]
    [InlineData("Lights:LampPin", "19", "Lights:LampPin is '19', as is Gimbal:TiltPin; allowed is another pin.")]
    [InlineData("Lights:LampOnBelow", "0", "Lights:LampOnBelow is '0'; allowed is above 0, at most 100000 lux.")]
    [InlineData("Lights:LampOffAbove", "10", "Lights:LampOffAbove is '10'; allowed is above Lights:LampOnBelow (10), at most 100000 lux.")]
    public async Task Validate_Lights_NamesKeyValueAndRange(string key, string value, string expected)
    {
        var settings = new Dictionary<string, string> { ["Gimbal:Driver"] = "pwm", ["Gimbal:PanPin"] = "18", ["Lights:LedPin"] = "17", [key] = value };
        await using var services = Services(Pc(), [.. settings.Select(setting => (setting.Key, setting.Value))]);

        var invalid = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(expected, Assert.Single(invalid.Failures));
    }

    [Fact]
    public async Task AddPiCamHardware_LightsOnPins_AreTheOnesThatAreNamed()
    {
        await using var none = Services(Pc());
        Assert.Null(none.GetService<LightHardware>());

        // The servos' usual pins are free while another driver moves them.
        await using var services = Services(Pc(), ("Lights:LampPin", "18"));
        services.GetRequiredService<IStartupValidator>().Validate();
        var lights = services.GetRequiredService<LightHardware>();
        Assert.Equal((false, true), (lights.Led is not null, lights.Lamp is not null));
    }

    private static ServiceProvider Services(BoardModel board, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddPiCamHardware(configuration, board).BuildServiceProvider();
    }

    private BoardModel Pc() => new(folder["none"]);

    private BoardModel Pi()
    {
        // The kernel ends the text with a NUL.
        File.WriteAllText(folder["model"], "Raspberry Pi 4 Model B Rev 1.4\0");
        return new BoardModel(folder["model"]);
    }
}
