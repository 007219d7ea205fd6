using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Hardware.Cameras;
using PiCam.Hardware.V4l2;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Cameras;

public sealed class CameraFinderTests : IDisposable
{
    private static readonly V4l2Sighting Webcam = new(
        "/dev/video0", new V4l2Identity("/dev/video0", "uvcvideo", "Some Webcam", "usb-0000:01:00.0-1.3", true, ["MJPG"]), null);

    private static readonly V4l2Sighting Encoder = new(
        "/dev/video11", new V4l2Identity("/dev/video11", "bcm2835-codec", "encoder", "platform:x", true, ["MJPG"]), null);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Find_NamesWhatHelperProgramAndKernelSee()
    {
        var helper = folder.Script("helper", """[ "$1" = --list ] && echo '[{"id":"/base/i2c@1/ov5647@36","model":"ov5647"}]'""");
        var rpicam = folder.Script("rpicam", """[ "$1" = --list-cameras ] && echo '0 : imx219 [3280x2464] (/base/i2c@0/imx219@10)'""");

        Assert.Equal(
            [
                new(CameraSource.Libcamera, "/base/i2c@1/ov5647@36", "ov5647"),
                new(CameraSource.Rpicam, "/base/i2c@0/imx219@10", "imx219"),
                new(CameraSource.Webcam, "/dev/video0", "Some Webcam"),
            ],
            await FindAsync(helper, rpicam));
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("echo no list")]
    [InlineData("echo '{}'")]
    [InlineData("echo '[{\"model\":\"x\"}]'")]
    public async Task Find_WhatSaysNoList_IsLeftOut(string lines) => Assert.Equal(
        [new(CameraSource.Webcam, "/dev/video0", "Some Webcam")],
        await FindAsync(folder.Script("helper", lines), folder["missing"]));

    private static Task<IReadOnlyList<DetectedCamera>> FindAsync(string helper, string rpicam) =>
        new CameraFinder(helper, rpicam, () => [Webcam, Encoder], TimeProvider.System, NullLogger<CameraFinder>.Instance)
            .FindAsync(TestContext.Current.CancellationToken);
}
