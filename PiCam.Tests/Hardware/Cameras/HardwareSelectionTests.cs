using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Hardware;
using PiCam.Hardware.Boards;
using PiCam.Hardware.Cameras;
using PiCam.Hardware.Ffmpeg;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Cameras;

public sealed class HardwareSelectionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("auto", "auto", false, nameof(CameraKind.Simulated), true)]
    [InlineData("auto", "none", false, nameof(CameraKind.Simulated), false)]
    [InlineData("simulated", "auto", true, nameof(CameraKind.Simulated), true)]
    [InlineData("auto", "auto", true, nameof(CameraKind.Found), false)]
    [InlineData("ffmpeg", "auto", false, nameof(CameraKind.Ffmpeg), false)]
    [InlineData("ffmpeg", "simulated", true, nameof(CameraKind.Ffmpeg), true)]
    public void From_SourceDriverAndBoard_Chooses(string source, string driver, bool onPi, string camera, bool gimbal)
    {
        var selection = CameraSelection.From(source, driver, onPi ? Pi() : Pc());

        Assert.Equal((camera, gimbal), (selection.Camera.ToString(), selection.HasSimulatedGimbal));
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
                "Camera:Source is 'foo'; allowed are auto, libcamera, simulated, ffmpeg.",
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

        Assert.Contains("Gimbal:Driver is 'steam'; allowed are auto, simulated, none.", invalid.Failures);
        Assert.Contains(invalid.Failures, failure => failure.StartsWith("Gimbal:Pan:MinimumAngle (95°)", StringComparison.Ordinal));
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
