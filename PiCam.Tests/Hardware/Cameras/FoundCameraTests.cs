using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Hardware.Boards;
using PiCam.Hardware.Cameras;
using PiCam.Hardware.V4l2;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Cameras;

public sealed class FoundCameraTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeCamera helper = new();
    private readonly FakeCamera rpicam = new();
    private readonly FakeCamera webcam = new();
    private readonly List<string> opened = [];

    public FoundCameraTests()
    {
        helper.RefuseToOpen(HelperMissing);
        rpicam.RefuseToOpen(CameraLoss.RpicamMissing);
    }

    private static Reason HelperMissing { get; } = CameraLoss.HelperMissing("there is no program picam-camera");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task OpenAsync_OnlyThePisOwnDevices_SaysWhatWasTried()
    {
        var camera = Camera(
            Device(10, "bcm2835-codec", "platform:bcm2835-codec", "YUYV"),
            Device(13, "bcm2835-isp", "platform:bcm2835-isp", "YUYV"),
            Device(14, "bcm2835-isp", "platform:bcm2835-isp", "YUYV"),
            new V4l2Sighting("/dev/video20", null, "/dev/video20: Permission denied"));

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(camera));

        Assert.Equal(
            "No camera found; tried: Raspberry Pi 4 Model B Rev 1.4's own camera connector: The camera helper is not there: there is no program picam-camera. Run build-camera once. "
            + "rpicam-vid is not installed. Run: sudo apt install rpicam-apps; "
            + "/dev/video10: a part of the Pi itself (bcm2835-codec); /dev/video13, /dev/video14: a part of the Pi itself (bcm2835-isp); "
            + "/dev/video20: /dev/video20: Permission denied; Camera:Source can be ffmpeg, with a Camera:Path, or simulated.",
            lost.Message);
        Assert.Equal("the first camera found", camera.Description);
    }

    [Fact]
    public async Task OpenAsync_WebcamPluggedInLater_IsFound()
    {
        var devices = new List<V4l2Sighting>();
        var camera = new FoundCamera(Board(), () => helper, () => rpicam, () => devices, Webcam);
        var lost = await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(camera));
        Assert.Contains("webcams: there is no /dev/video*", lost.Message, StringComparison.Ordinal);

        devices.Add(Device(0, "unicam", "platform:fe801000.csi", "YUYV"));
        devices.Add(Device(2, "uvcvideo", "usb-0000:01:00.0-1.3", "MJPG", "YUYV"));
        await using var stream = await OpenAsync(camera);

        Assert.Equal(["/dev/video2"], opened);
        Assert.Equal(webcam.Description, camera.Description);
    }

    [Fact]
    public async Task OpenAsync_HelperRuns_NothingElseIsTried()
    {
        helper.RefuseToOpen(null);
        var camera = Camera(Device(2, "uvcvideo", "usb-0000:01:00.0-1.3", "MJPG"));

        await using var stream = await OpenAsync(camera);

        Assert.Equal((1, 0, 0), (helper.Opened, rpicam.Opened, webcam.Opened));
        Assert.Empty(camera.PassedOver);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAsync_HelperMissingOrOutdated_RpicamRunsAndItIsSaidWhy(bool outdated)
    {
        var why = outdated ? CameraLoss.HelperOutdated("libcamera.so.0.3 is missing") : HelperMissing;
        helper.RefuseToOpen(why);
        rpicam.RefuseToOpen(null);
        var camera = Camera(Device(2, "uvcvideo", "usb-0000:01:00.0-1.3", "MJPG"));

        await using var stream = await OpenAsync(camera);

        Assert.Equal((0, 1, 0), (helper.Opened, rpicam.Opened, webcam.Opened));
        Assert.Equal([why], camera.PassedOver);

        // Built meanwhile: the next time the helper has it.
        helper.RefuseToOpen(null);
        await using var again = await OpenAsync(camera);
        Assert.Equal(1, helper.Opened);
        Assert.Empty(camera.PassedOver);
    }

    [Fact]
    public async Task OpenAsync_NoCameraConnected_RpicamIsNotAskedAndTheWebcamRuns()
    {
        helper.RefuseToOpen(CameraLoss.NotConnected);
        rpicam.RefuseToOpen("It must not be asked.");
        var camera = Camera(Device(2, "uvcvideo", "usb-0000:01:00.0-1.3", "MJPG"));

        await using var stream = await OpenAsync(camera);

        Assert.Equal(1, webcam.Opened);
        Assert.Equal([CameraLoss.NotConnected], camera.PassedOver);
    }

    [Fact]
    public async Task OpenAsync_NeitherHelperNorRpicam_TheWebcamRunsAndBothAreNamed()
    {
        var camera = Camera(Device(2, "uvcvideo", "usb-0000:01:00.0-1.3", "MJPG"));

        await using var stream = await OpenAsync(camera);

        Assert.Equal(1, webcam.Opened);
        Assert.Equal([HelperMissing, CameraLoss.RpicamMissing], camera.PassedOver);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenAsync_CameraBusyOrForbidden_IsToBePutRightAndNotPassedOver(bool byHelper)
    {
        var why = byHelper ? CameraLoss.Busy : CameraLoss.Forbidden;
        (byHelper ? helper : rpicam).RefuseToOpen(why);
        var camera = Camera(Device(2, "uvcvideo", "usb-0000:01:00.0-1.3", "MJPG"));

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(camera));

        Assert.Equal(why, lost.Reason);
        Assert.Equal(0, webcam.Opened);
    }

    [Theory]
    [InlineData("uvcvideo", "usb-0000:01:00.0-1.3", "MJPG", true, null)]
    [InlineData("uvcvideo", "usb-0000:01:00.0-1.3", "YUYV", true, null)]
    [InlineData("ivtv", "PCI:0000:01:00.0", "YUYV", true, null)]
    [InlineData("uvcvideo", "usb-0000:01:00.0-1.3", "H264", true, "offers neither MJPG nor YUYV")]
    [InlineData("uvcvideo", "usb-0000:01:00.0-1.3", "", false, "gives no pictures")]
    [InlineData("vivid", "platform:vivid-000", "YUYV", true, "not plugged in by USB or PCI")]
    [InlineData("bcm2835-codec", "platform:bcm2835-codec", "YUYV", true, "a part of the Pi itself (bcm2835-codec)")]
    [InlineData("bcm2835-isp", "platform:bcm2835-isp", "YUYV", true, "a part of the Pi itself (bcm2835-isp)")]
    [InlineData("unicam", "platform:fe801000.csi", "YUYV", true, "a part of the Pi itself (unicam)")]
    [InlineData("rp1-cfe", "platform:1f00110000.csi", "YUYV", true, "a part of the Pi itself (rp1-cfe)")]
    [InlineData("pispbe", "platform:1000880000.pisp_be", "YUYV", false, "a part of the Pi itself (pispbe)")]
    [InlineData("rpi-hevc-dec", "platform:rpi-hevc-dec", "", false, "a part of the Pi itself (rpi-hevc-dec)")]
    public void Refuse_DevicesOfAPi_OnlyWebcamsPass(string driver, string bus, string fourCc, bool captures, string? reason) =>
        Assert.Equal(reason, WebcamRules.Refuse(new("/dev/video0", driver, "Card", bus, captures, [fourCc])));

    private static V4l2Sighting Device(int number, string driver, string bus, params string[] fourCcs) =>
        new($"/dev/video{number}", new($"/dev/video{number}", driver, "Card", bus, true, fourCcs), null);

    private static Task<ICameraStream> OpenAsync(FoundCamera camera) => camera.OpenAsync(CameraControls.Automatic, 1, Token);

    private FoundCamera Camera(params V4l2Sighting[] devices) => new(Board(), () => helper, () => rpicam, () => devices, Webcam);

    private FakeCamera Webcam(string path)
    {
        opened.Add(path);
        return webcam;
    }

    private BoardModel Board()
    {
        File.WriteAllText(folder["model"], "Raspberry Pi 4 Model B Rev 1.4\0");
        return new BoardModel(folder["model"]);
    }
}
